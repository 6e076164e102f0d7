//! What people do with their orders, and what must come of it at everybody who listens.

use std::sync::Arc;

use event_contracts::{Decimal, IllegalTransition};
use event_contracts_delivery::Count;
use example_contracts::order_service::topics::ORDER_UPDATED;
use example_contracts::order_service::{
    ChatLinkType, Confidence, OrderId, OrderItem, OrderState, OrderStatus, OrderStatusChanged, OrderUpdated,
    OverriddenItem, SourceChannel, StockLevel,
};
use example_kit::{Context, Dispatch, Error, Follower};

use crate::conversing::{Conversations, Desk};
use crate::finance::Ledger;
use crate::inventory::Stock;
use crate::notification::{Notice, Outbound};
use crate::orders::{Orders, Wish, line, steps};
use crate::products::{COFFEE, KETTLE, address, admin, chatbot, customer, product};
use crate::reporting::Figures;
use crate::shipping::Shipments;
use crate::watching::{Board, Trail, Watch};

/// Plays all workflows.
///
/// # Errors
/// An order that breaks the contract, or a broker that is away.
pub async fn play(context: Context) -> Result<(), Error> {
    let scene = Scene { orders: context.service(), context };
    scene.to_the_door().await?;
    scene.beyond_the_stock().await?;
    scene.chat_order().await?;
    scene.delivered_twice().await?;
    scene.against_the_rules().await?;
    scene.garbage().await
}

struct Scene {
    context: Context,
    orders: Arc<Orders>,
}

impl Scene {
    fn chapter(&self, title: &str) {
        self.context.story.chapter(self.context.system, title);
    }

    fn expect(&self, what: &str, holds: bool) {
        self.context.story.expect(what, holds);
    }

    fn state<S: Dispatch + Clone>(&self) -> S {
        self.context.service::<Follower<S>>().state()
    }

    /// Waits until every consumer has read what it is owed.
    async fn delivered(&self) {
        let owed = self.orders.teller().deliveries();
        let what = format!("all subscribers have read what they are owed: {owed}");
        self.context.story.eventually(what, || self.context.tally.total(Count::Consumed) == owed).await;
    }

    fn wish(&self, items: Vec<OrderItem>, channel: SourceChannel) -> Result<Wish, Error> {
        Ok(Wish { customer: customer().0, items, channel, address: address()? })
    }

    fn notices(&self, order: OrderId) -> Vec<Notice> {
        let sent = self.state::<Outbound>().sent;
        sent.into_iter().filter_map(|(of, notice)| (of == order).then_some(notice)).collect()
    }

    async fn to_the_door(&self) -> Result<(), Error> {
        self.chapter("an order is placed, changed, confirmed, shipped and delivered");
        let (_, buyer) = customer();
        let admin = admin("198.51.100.7");
        let wish = self.wish(vec![line(product(COFFEE), 2, "100.00")?], SourceChannel::Web)?;
        let created = self.orders.create(wish, &buyer).await?;
        let order = created.data.order_id;
        self.delivered().await;
        let updated = self.orders.add_item(order, line(product(COFFEE), 1, "50.10")?, &buyer).await?;
        self.delivered().await;
        self.expect(
            "the change names the creation as its cause",
            updated.metadata.causation_id == Some(created.event_id),
        );
        self.confirm_with_causes(order).await?;
        for status in [OrderStatus::Processing, OrderStatus::Shipped, OrderStatus::Delivered] {
            self.orders.advance(order, status, "Next step", &admin).await?;
            self.delivered().await;
        }
        let told = [Notice::Receipt, Notice::Change, Notice::Confirmation, Notice::Shipping, Notice::Delivery];
        self.expect("the customer is told by status, each news once", self.notices(order) == told);
        self.expect(
            "shipping has delivered",
            self.state::<Shipments>().orders.get(&order) == Some(&OrderState::Delivered),
        );
        self.expect("the stock is given away", self.state::<Stock>().committed.contains_key(&order));
        Ok(())
    }

    /// Confirms and looks at who was caused by whom.
    async fn confirm_with_causes(&self, order: OrderId) -> Result<(), Error> {
        let confirmed = self.orders.confirm(order, &admin("198.51.100.7")).await?;
        self.delivered().await;
        let changed = confirmed.metadata.causation_id;
        let trail = self.state::<Trail>().entries;
        self.expect("the confirmation has a cause", changed.is_some());
        self.expect("the audit entry has the same one", trail.last().is_some_and(|(_, cause)| *cause == changed));
        let stale = self.state::<Board>().causes;
        let cause =
            stale.last().is_some_and(|(by, cause)| by == "order.confirmed" && *cause == Some(confirmed.event_id));
        self.expect("the statistics are stale because of the confirmation", cause);
        self.expect("250.10 is booked exactly", self.state::<Ledger>().revenue == Decimal::new(25010, 2));
        Ok(())
    }

    async fn beyond_the_stock(&self) -> Result<(), Error> {
        self.chapter("an order beyond the stock: shortage, override, confirmation, cancellation, refund");
        let (_, buyer) = customer();
        let wish = self.wish(vec![line(product(KETTLE), 5, "19.99")?], SourceChannel::Mobile)?;
        let order = self.orders.create(wish, &buyer).await?.data.order_id;
        self.delivered().await;
        let shortages = self.state::<Stock>().shortages;
        self.expect(
            "3 kettles are short",
            shortages.iter().any(|shortage| shortage.order == order && shortage.missing == 3),
        );

        let item = OverriddenItem::builder().product_id(product(KETTLE)).requested_quantity(5);
        let item = item.available_quantity(StockLevel::new(2)?).override_quantity(3).build()?;
        // From another desk than before, which is what security looks at.
        let elsewhere = admin("203.0.113.9");
        self.orders.override_stock(order, item, &elsewhere).await?;
        self.delivered().await;
        self.expect("the stock is negative", self.state::<Stock>().free.get(&product(KETTLE)) == Some(&-3));
        self.expect("finance tracks a special order", self.state::<Ledger>().special.contains(&order));
        self.expect("security is alert", self.state::<Watch>().suspects.contains(&elsewhere.user));

        self.orders.confirm(order, &elsewhere).await?;
        self.delivered().await;
        self.orders.cancel(order, true, &buyer).await?;
        self.delivered().await;
        let ledger = self.state::<Ledger>();
        self.expect("99.95 is refunded exactly", ledger.refunds == Decimal::new(9995, 2));
        self.expect("the stock is back", self.state::<Stock>().free.get(&product(KETTLE)) == Some(&2));
        self.expect("the shipment is called off", self.state::<Shipments>().cancelled == [order]);
        Ok(())
    }

    async fn chat_order(&self) -> Result<(), Error> {
        self.chapter("an order from a chat, and a complaint about it");
        let (chat, bot) = chatbot();
        let wish = self.wish(vec![line(product(COFFEE), 1, "100.00")?], SourceChannel::Chat)?;
        let created = self.orders.create_from_chat(wish, chat, Confidence::new("0.75")?, &bot).await?;
        let order = created.data.order_id;
        self.delivered().await;
        self.orders.link_chat(order, chat, ChatLinkType::Complaint, &bot).await?;
        self.delivered().await;
        let known = self.state::<Conversations>().orders;
        self.expect(
            "the chatbot knows the order of the chat",
            known.get(&chat).is_some_and(|orders| orders.contains(&order)),
        );
        let desk = self.state::<Desk>();
        self.expect("people review it and have a ticket", desk.reviews == [order] && desk.tickets == [chat]);
        self.expect("the customer is asked", self.notices(order).contains(&Notice::Question));
        Ok(())
    }

    async fn delivered_twice(&self) -> Result<(), Error> {
        self.chapter("an event that is delivered twice has one effect");
        let (_, buyer) = customer();
        let wish = self.wish(vec![line(product(COFFEE), 10, "100.00")?], SourceChannel::Web)?;
        let event = self.orders.create(wish, &buyer).await?;
        self.orders.teller().tell(&event.data.order_number, &event).await?;
        self.delivered().await;
        let stock = self.state::<Stock>();
        let reserved = stock.reserved.get(&event.data.order_id).and_then(|pieces| pieces.get(&product(COFFEE)));
        self.expect("10 pieces are reserved, not 20", reserved == Some(&10));
        self.expect("four subscribers noticed", self.context.tally.total(Count::Duplicate) == 4);
        self.expect(
            "reporting counts two web orders",
            self.state::<Figures>().orders.get(&SourceChannel::Web) == Some(&2),
        );
        Ok(())
    }

    async fn against_the_rules(&self) -> Result<(), Error> {
        self.chapter("a pending order cannot be delivered");
        let (_, buyer) = customer();
        let wish = self.wish(vec![line(product(COFFEE), 1, "100.00")?], SourceChannel::Admin)?;
        let created = self.orders.create(wish, &buyer).await?;
        // Two topics have no mutual order: whoever reads the next event first would refuse it for another reason.
        self.delivered().await;
        let order = self.orders.order(created.data.order_id)?;
        let refused = self.orders.advance(order.id, OrderStatus::Delivered, "Lost in the post", &buyer).await;
        let illegal = refused.err().and_then(|error| error.downcast::<IllegalTransition>().ok());
        let typed = illegal.is_some_and(|illegal| illegal.lifecycle() == "order" && illegal.from() == Some("pending"));
        self.expect("the order service refuses it with a typed error and says nothing", typed);

        // An instance with a bug says it all the same.
        let stray = steps::status_changed(&order, OrderStatus::Delivered, "Lost in the post", &buyer)?;
        self.orders.teller().tell::<OrderStatusChanged>(&order.number, &stray).await?;
        self.delivered().await;
        self.expect("shipping, notification and finance refuse it", self.context.tally.total(Count::Refused) == 3);
        self.expect("the customer hears nothing of it", self.notices(order.id) == [Notice::Receipt]);
        Ok(())
    }

    async fn garbage(&self) -> Result<(), Error> {
        self.chapter("garbage on a topic is skipped, and what comes behind it is read");
        let (_, buyer) = customer();
        let wish = self.wish(vec![line(product(COFFEE), 3, "100.00")?], SourceChannel::Web)?;
        let order = self.orders.create(wish, &buyer).await?.data.order_id;
        self.delivered().await;
        self.context.tell("garbage", "written by some other program");
        // Under the key of the order, and thereby in the way of its next change.
        let garbage = br#"{"event_type":"order.updated"}"#;
        self.context.publisher()?.publish_raw(ORDER_UPDATED.name, &order.to_string(), garbage).await?;
        self.orders.teller().expect_deliveries::<OrderUpdated>();
        self.orders.add_item(order, line(product(COFFEE), 1, "100.00")?, &buyer).await?;
        self.delivered().await;
        self.expect("three subscribers skipped it", self.context.tally.total(Count::Poison) == 3);
        let reserved = self.state::<Stock>().reserved;
        let pieces = reserved.get(&order).and_then(|pieces| pieces.get(&product(COFFEE)));
        self.expect("the change behind it had its effect", pieces == Some(&4));
        Ok(())
    }
}
