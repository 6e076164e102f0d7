//! A service that uses all that is generated for the depot. Each edit of its schemas is compiled with it.

use event_contracts::{
    Event, Lifecycle, Nullable, Refusal, Timestamp, UnknownEvent, UnknownMembers, Uuid, VersionText,
};

use super::contracts::depot::{
    Address, ByCard, ByShop, Carrier, DepotEvent, Label, Paid, ParcelId, ParcelLost, ParcelLostData, ParcelSent,
    ParcelSentData, ParcelSentDataSize, ParcelState, ParcelsEvents, Remark, ReturnAsked, ReturnAskedData,
    ReturnsEvents, Size, Speed, services, topics,
};

pub fn every_event(parcels: ParcelsEvents, returns: ReturnsEvents, all: DepotEvent) {
    match parcels {
        ParcelsEvents::ParcelSent(event) => drop::<ParcelSent>(event),
        ParcelsEvents::ParcelLost(event) => drop::<ParcelLost>(event),
        ParcelsEvents::Unknown(event) => drop::<UnknownEvent>(event),
    }
    match returns {
        ReturnsEvents::ReturnAsked(event) => drop::<ReturnAsked>(event),
        ReturnsEvents::Unknown(event) => drop::<UnknownEvent>(event),
    }
    match all {
        DepotEvent::ParcelSent(_) | DepotEvent::ParcelLost(_) | DepotEvent::ReturnAsked(_) | DepotEvent::Unknown(_) => {
        }
    }
}

pub fn every_member(event: &ParcelSent) {
    let _: (&Uuid, &Timestamp, &VersionText, &UnknownMembers) =
        (&event.id, &event.time, &event.version, event.unknown_members());
    let data: &ParcelSentData = &event.data;
    let _: (&ParcelId, &Address, &u32, &Paid) = (&data.parcel_id, &data.to, &data.grams, &data.paid);
    let _: (&Option<Remark>, &Option<Nullable<String>>, &Option<Vec<Label>>) = (&data.remark, &data.slot, &data.labels);
    let _: &Option<std::collections::BTreeMap<String, ParcelSentDataSize>> = &data.sizes;
    let _: (&String, &String, &Option<u32>) = (&data.to.street, &data.to.city, &data.to.floor);
    let _: (&UnknownMembers, &UnknownMembers) = (data.unknown_members(), data.to.unknown_members());
    match &data.carrier {
        Carrier::Bike | Carrier::Van => {}
        Carrier::Unknown(name) => drop::<&Box<str>>(name),
    }
    let (speed, again): (Speed, Speed) = (data.speed, data.speed);
    match (speed, again) {
        (Speed::Slow | Speed::Fast, _) => {}
    }
    let Size { width, height }: Size = data.size.clone();
    let _: Size = Size { width, height };
    match &data.paid {
        Paid::ByCard(card) => drop::<(&ByCard, &Uuid)>((card, &card.token)),
        Paid::ByShop(shop) => drop::<(&ByShop, &u32)>((shop, &shop.account)),
    }
}

pub fn every_other_event(lost: &ParcelLost, asked: &ReturnAsked) {
    let _: (&Uuid, &Timestamp, &VersionText, &UnknownMembers) =
        (&lost.id, &lost.time, &lost.version, lost.unknown_members());
    let _: (&ParcelLostData, &ParcelId, &Option<String>) = (&lost.data, &lost.data.parcel_id, &lost.data.reason);
    let _: (&Uuid, &Timestamp, &VersionText, &UnknownMembers) =
        (&asked.id, &asked.time, &asked.version, asked.unknown_members());
    let _: (&ReturnAskedData, &ParcelId, &Address) = (&asked.data, &asked.data.parcel_id, &asked.data.from);
    let _: (&UnknownMembers, &UnknownMembers) = (lost.data.unknown_members(), asked.data.unknown_members());
}

pub fn every_value(id: ParcelId, label: Label, remark: Remark, size: ParcelSentDataSize) {
    let _: (String, String, String) = (id.into_inner(), label.into_inner(), remark.into_inner());
    let _: Remark = Remark::from("at the door".to_owned());
    let _: Result<ParcelId, Refusal> = ParcelId::try_from("p1".to_owned());
    let _: Result<Label, Refusal> = Label::try_from("fragile".to_owned());
    let _: u32 = size.into_inner();
}

pub fn every_builder() -> Result<(), Box<dyn std::error::Error>> {
    let to = Address::builder().street("Main 1").city("Here").maybe_floor(Some(1)).build()?;
    let size = Size::builder().width(1).height(1).build()?;
    let card: Paid = ByCard::builder().token("550e8400-e29b-41d4-a716-446655440000").build()?.into();
    let _: Paid = ByShop::builder().account(1).build()?.into();
    let data = ParcelSentData::builder()
        .parcel_id("p1")
        .to(to.clone())
        .carrier(Carrier::Bike)
        .speed(Speed::Fast)
        .grams(1)
        .size(size)
        .paid(card)
        .remark(Remark::from(String::new()))
        .labels([Label::try_from("fragile")?])
        .unknown_members(UnknownMembers::default())
        .build()?;
    let sent = ParcelSent::builder().id("550e8400-e29b-41d4-a716-446655440000").data(data).build()?;
    let lost = ParcelLostData::builder().parcel_id("p1").maybe_reason(Some("rain")).build()?;
    let lost = ParcelLost::builder().id("550e8400-e29b-41d4-a716-446655440000").data(lost).build()?;
    let asked = ReturnAskedData::builder().parcel_id("p1").from(to).build()?;
    let _: ReturnAsked = ReturnAsked::builder().id("550e8400-e29b-41d4-a716-446655440000").data(asked).build()?;
    let state = <ParcelState as Lifecycle<ParcelSent>>::next(None, &sent)?;
    match <ParcelState as Lifecycle<ParcelLost>>::next(Some(state), &lost)? {
        ParcelState::Sent | ParcelState::Lost => {}
    }
    ParcelSent::decode(&sent.encode()?)?;
    Ok(())
}

pub const NAMES: [&str; 4] = [topics::PARCELS.name, topics::RETURNS.name, services::DEPOT.name, services::SHOP.name];
