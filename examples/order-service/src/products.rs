//! What the shop sells, and who is about: fixed ids, so that runs can be compared.

use event_contracts::{BuildError, Uuid};
use example_contracts::order_service::{ChatId, CustomerId, ProductId, ShippingAddress, UserId, UserType};

use crate::inventory::Stock;
use crate::telling::Actor;

/// There is plenty of it.
pub const COFFEE: u8 = 0xC0;
/// There are two of it.
pub const KETTLE: u8 = 0xCE;

/// The id of a product.
#[must_use]
pub fn product(number: u8) -> ProductId {
    ProductId::new(Uuid::from_bytes([number; 16])).expect("every UUID may name a product")
}

/// What the warehouse starts with.
#[must_use]
pub fn stock() -> Stock {
    Stock { free: [(product(COFFEE), 100), (product(KETTLE), 2)].into(), ..Stock::default() }
}

/// A customer, who acts from home.
#[must_use]
pub fn customer() -> (CustomerId, Actor) {
    let account = Uuid::from_bytes([0xC1; 16]);
    let customer = CustomerId::new(account).expect("every UUID may name a customer");
    (customer, Actor { user: user(account), kind: UserType::Customer, address: "192.0.2.7" })
}

/// Somebody of the staff, at this address.
#[must_use]
pub fn admin(address: &'static str) -> Actor {
    Actor { user: user(Uuid::from_bytes([0xAD; 16])), kind: UserType::Admin, address }
}

/// The chatbot, and the chat that it is in.
#[must_use]
pub fn chatbot() -> (ChatId, Actor) {
    let chat = ChatId::new(Uuid::from_bytes([0xCA; 16])).expect("every UUID may name a chat");
    (chat, Actor { user: user(Uuid::from_bytes([0xA1; 16])), kind: UserType::Ai, address: "192.0.2.30" })
}

fn user(account: Uuid) -> UserId {
    UserId::new(account).expect("every UUID may name a user")
}

/// Where everything goes.
///
/// # Errors
/// The contract refuses the address.
pub fn address() -> Result<ShippingAddress, BuildError> {
    let address = ShippingAddress::builder().street("123 Main St").city("Bangkok").postal_code("10100");
    address.country("Thailand").build()
}
