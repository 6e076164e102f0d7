//! Publishing and consuming through a broker: the one inside this process, or the cluster at `KAFKA_BOOTSTRAP`
//! (with the new protocol of consumer groups if `KAFKA_GROUP_PROTOCOL` is `consumer`).

mod consuming;
mod contract;
mod inbox;
mod publishing;
mod world;
