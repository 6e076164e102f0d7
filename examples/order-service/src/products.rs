//! What the shop sells, and who is about: fixed ids, so that runs can be compared.

use event_contracts::Uuid;
use example_contracts::order_service::{ChatId, CustomerId, ProductId, ShippingAddress, UserId, UserType};
use example_kit::Error;

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
///
/// # Errors
/// None at present.
pub fn customer() -> Result<(CustomerId, Actor), Error> {
    let account = Uuid::from_bytes([0xC1; 16]);
    let actor = Actor { user: UserId::new(account)?, kind: UserType::Customer, address: "192.0.2.7" };
    Ok((CustomerId::new(account)?, actor))
}

/// Somebody of the staff, at this address.
///
/// # Errors
/// None at present.
pub fn admin(address: &'static str) -> Result<Actor, Error> {
    Ok(Actor { user: UserId::new(Uuid::from_bytes([0xAD; 16]))?, kind: UserType::Admin, address })
}

/// The chatbot, and the chat that it is in.
///
/// # Errors
/// None at present.
pub fn chatbot() -> Result<(ChatId, Actor), Error> {
    let actor = Actor { user: UserId::new(Uuid::from_bytes([0xA1; 16]))?, kind: UserType::Ai, address: "192.0.2.30" };
    Ok((ChatId::new(Uuid::from_bytes([0xCA; 16]))?, actor))
}

/// Where everything goes.
///
/// # Errors
/// None at present.
pub fn address() -> Result<ShippingAddress, Error> {
    let address = ShippingAddress::builder().street("123 Main St").city("Bangkok").postal_code("10100");
    Ok(address.country("Thailand").build()?)
}
