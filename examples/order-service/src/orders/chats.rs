//! Orders and conversations.

use event_contracts::Uuid;
use example_contracts::order_service::{
    AuditAction, ChatId, ChatLinkType, ChatOrderCreated, ChatOrderCreatedData, ChatTemplate, CommunicationMethod,
    Confidence, CustomerPreferences, DeliverySpeed, OrderId, OrderLinkedToChat, OrderLinkedToChatData,
};
use example_kit::Error;

use super::{Orders, Wish};
use crate::telling::{Actor, audit, metadata};

impl Orders {
    /// Takes an order that a chatbot understood from a conversation.
    ///
    /// # Errors
    /// As [`Orders::create`].
    pub async fn create_from_chat(
        &self,
        wish: Wish,
        chat: ChatId,
        confidence: Confidence,
        actor: &Actor,
    ) -> Result<ChatOrderCreated, Error> {
        let created = self.create(wish, actor).await?;
        let order = self.order(created.data.order_id)?;
        let likes = CustomerPreferences::builder()
            .delivery_speed(DeliverySpeed::Standard)
            .communication_method(CommunicationMethod::Sms)
            .build()?;
        let data = ChatOrderCreatedData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .customer_id(order.customer)
            .chat_id(chat)
            .template_used(ChatTemplate::QuickOrder)
            .ai_confidence(confidence)
            .customer_preferences(likes)
            .requires_confirmation(true)
            .build()?;
        let event = ChatOrderCreated::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(created.event_id), actor)?)
            .build()?;
        self.teller.tell(&order.number, &event).await?;
        Ok(event)
    }

    /// Notes that a chat is about an order.
    ///
    /// # Errors
    /// If there is no such order, or if no broker takes the events.
    pub async fn link_chat(
        &self,
        id: OrderId,
        chat: ChatId,
        kind: ChatLinkType,
        actor: &Actor,
    ) -> Result<OrderLinkedToChat, Error> {
        let order = self.order(id)?;
        let data = OrderLinkedToChatData::builder()
            .order_id(order.id)
            .order_number(order.number.clone())
            .chat_id(chat)
            .link_type(kind)
            .linked_by(actor.user)
            .context("Customer inquiry about delivery status")
            .build()?;
        let event = OrderLinkedToChat::builder()
            .event_id(Uuid::new_v4())
            .data(data)
            .metadata(metadata(&order, Some(order.origin), actor)?)
            .build()?;
        self.teller.tell(&order.number, &event).await?;
        self.teller.tell(&order.number, &audit(&order, AuditAction::Update, None, event.event_id, actor)?).await?;
        Ok(event)
    }
}
