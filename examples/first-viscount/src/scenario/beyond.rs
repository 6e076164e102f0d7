//! What comes from beyond the contract of today: other versions, planned events, a service with a bug.

use std::error::Error as _;

use event_contracts::{EncodeError, Event, Json, UnknownMembers, Uuid};
use event_contracts_delivery::Count;
use example_contracts::first_viscount::{OrderId, ProductCreated, ProductId};
use example_kit::Error;

use super::{Scene, product};
use crate::receipt::correlation;
use crate::search::Index;
use crate::warehouse::released;

impl Scene {
    /// Inventory with a bug: it ends a reservation that has ended, as a new event.
    pub(super) async fn release_once_more(&self) -> Result<(), Error> {
        let warehouse = self.inventory.warehouse();
        let (id, reservation) = warehouse.reservations.first_key_value().ok_or("no reservation is left")?;
        let event = released(id, reservation, &correlation("order")?)?;
        self.context.tell(&reservation.order, "→ InventoryReleased, once more");
        self.context.of("inventory-management").publisher()?.publish(&event).await?;
        Ok(())
    }

    pub(super) async fn a_newer_minor_version(&self) -> Result<(), Error> {
        self.chapter("an event of version 1.3 is read by services that know 1.0");
        let roasted = "\"2024-01-10\"".parse::<Json>()?;
        let mut members = UnknownMembers::default();
        members.insert("roasted_on", roasted.clone());
        let id = ProductId::new("prod_decaf")?;
        let event = ProductCreated::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("product")?)
            .event_version("1.3")
            .data(product(&id, "Decaf Coffee Beans")?.unknown_members(members).build()?)
            .build()?;
        self.context.tell(&id, "→ product.created 1.3 with a member `roasted_on`");
        self.context.of("product-catalog").publisher()?.publish(&event).await?;
        self.sees("search finds the product", |index: Index| index.texts.contains_key(&id)).await;
        let kept = |index: Index| {
            let newer = index.newer.first().is_some_and(ProductCreated::is_newer);
            newer && index.newer[0].data.unknown_members().get("roasted_on") == Some(&roasted)
        };
        self.sees("it is flagged as newer, and its new member is kept", kept).await;
        self.book("it can be ordered", |book| book.goods.contains_key(&id)).await;
        Ok(())
    }

    pub(super) async fn another_major_version(&self) -> Result<(), Error> {
        self.chapter("an event of version 2.0 is refused as unsupported");
        let id = ProductId::new("prod_robusta")?;
        let event = ProductCreated::builder()
            .event_id(Uuid::new_v4())
            .correlation_id(correlation("product")?)
            .data(product(&id, "Robusta Coffee Beans")?.build()?)
            .build()?;
        // Nobody who has our contract can build it: some other program writes it.
        let text = String::from_utf8(event.encode()?)?.replace(r#""event_version":"1.0""#, r#""event_version":"2.0""#);
        self.context.tell(&id, "→ product.created 2.0");
        self.context.publisher()?.publish_raw(ProductCreated::TOPIC, id.as_str(), text.as_bytes()).await?;
        self.counted(Count::Refused, 5).await;
        self.expect("it is no poison: a deployment is missing", self.context.tally.total(Count::Poison) == 0);
        self.book("it cannot be ordered", |book| !book.goods.contains_key(&id)).await;
        Ok(())
    }

    pub(super) async fn without_the_opt_in(&self) -> Result<(), Error> {
        self.chapter("a planned event is not published by accident");
        let book = self.orders.book();
        let id = OrderId::new("order_1003")?;
        let order = book.orders.get(&id).ok_or("no order of this id")?;
        let event = crate::book::refund(&id, order)?;
        let refused = self.context.of("order-management").publisher()?.publish(&event).await.err();
        let planned = refused.as_ref().and_then(|error| error.source()?.downcast_ref::<EncodeError>());
        self.expect("publishing it takes the explicit way", planned.is_some_and(EncodeError::is_planned));
        Ok(())
    }
}
