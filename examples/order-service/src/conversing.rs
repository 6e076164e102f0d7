//! Those who talk: the chatbot and the people of customer service.

use std::collections::{BTreeMap, BTreeSet};

use event_contracts::Decimal;
use event_contracts_delivery::{Failure, Outcome, Record};
use example_contracts::order_service::{
    ChatId, ChatLinkType, ChatOrderCreated, OrderId, OrderLinkedToChat, OrderServiceEvent,
};
use example_kit::{Dispatch, Follow, Follower, Step};

/// A chatbot that was less sure than this is looked after by people.
const SURE: Decimal = Decimal::new(90, 2);

/// Chatbot: the orders that belong to each chat.
#[derive(Debug, Clone, Default)]
pub struct Conversations {
    /// Orders by chat.
    pub orders: BTreeMap<ChatId, BTreeSet<OrderId>>,
}

/// Customer service: what waits for a person.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Chat orders to look at before they count.
    pub reviews: Vec<OrderId>,
    /// Chats with a ticket.
    pub tickets: Vec<ChatId>,
}

impl Dispatch for Conversations {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::ChatOrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderLinkedToChat(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<ChatOrderCreated> for Conversations {
    fn follow(&mut self, event: &ChatOrderCreated) -> Result<Option<Step>, Failure> {
        self.orders.entry(event.data.chat_id).or_default().insert(event.data.order_id);
        let what = if event.data.requires_confirmation { "asks the customer to confirm" } else { "carries on" };
        Ok(Some(Step::new(&event.data.order_number, what)))
    }
}

impl Follow<OrderLinkedToChat> for Conversations {
    fn follow(&mut self, event: &OrderLinkedToChat) -> Result<Option<Step>, Failure> {
        self.orders.entry(event.data.chat_id).or_default().insert(event.data.order_id);
        Ok(Some(Step::new(&event.data.order_number, "knows what the chat is about")))
    }
}

impl Dispatch for Desk {
    async fn dispatch(service: &Follower<Self>, record: &Record) -> Result<Outcome, Failure> {
        match OrderServiceEvent::decode(record.payload())? {
            OrderServiceEvent::ChatOrderCreated(event) => service.react(&event).await,
            OrderServiceEvent::OrderLinkedToChat(event) => service.react(&event).await,
            _ => Ok(Outcome::Ignored),
        }
    }
}

impl Follow<ChatOrderCreated> for Desk {
    fn follow(&mut self, event: &ChatOrderCreated) -> Result<Option<Step>, Failure> {
        if *event.data.ai_confidence >= SURE {
            return Ok(None);
        }
        self.reviews.push(event.data.order_id);
        let what = format!("review: the chatbot is sure by {} only", event.data.ai_confidence);
        Ok(Some(Step::new(&event.data.order_number, what)))
    }
}

impl Follow<OrderLinkedToChat> for Desk {
    fn follow(&mut self, event: &OrderLinkedToChat) -> Result<Option<Step>, Failure> {
        match event.data.link_type {
            ChatLinkType::Inquiry => Ok(None),
            ChatLinkType::Support | ChatLinkType::Complaint => {
                self.tickets.push(event.data.chat_id);
                Ok(Some(Step::new(&event.data.order_number, format_args!("ticket: {}", event.data.link_type))))
            }
        }
    }
}
