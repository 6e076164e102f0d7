//! Notifications: mails the customer about the progress of the order.

use std::sync::{Arc, Mutex, PoisonError};

use event_contracts::Event;
use event_contracts_delivery::{Failure, Handler, Outcome, Record};
use example_contracts::commerce::{CommerceEvent, EmailAddress, OrderId, services};
use example_kit::{Context, Error, Once, Task};

/// The service.
#[derive(Debug)]
pub struct Notifications {
    context: Context,
    once: Once,
    mails: Mutex<Vec<Mail>>,
}

/// A mail to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The recipient.
    pub to: EmailAddress,
    /// What it is about.
    pub order: OrderId,
    /// Its subject line.
    pub subject: String,
}

/// Starts the service.
///
/// # Errors
/// Whatever keeps its consumer from being created.
pub fn start(context: &Context) -> Result<Vec<Task>, Error> {
    let mails = Mutex::default();
    let notifications =
        Arc::new(Notifications { context: context.clone(), once: context.once().about("order"), mails });
    context.share(&notifications);
    Ok(vec![context.consume(&services::NOTIFICATIONS, notifications)?])
}

impl Notifications {
    /// All mails so far.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The subjects of the mails about an order, oldest first.
    #[must_use]
    pub fn subjects(&self, order: OrderId) -> Vec<String> {
        self.mails().into_iter().filter(|mail| mail.order == order).map(|mail| mail.subject).collect()
    }

    async fn mail<E: Event + Sync>(
        &self,
        event: &E,
        order: OrderId,
        to: Option<&EmailAddress>,
        subject: &str,
    ) -> Result<Outcome, Failure> {
        // Only the first news of an order must carry an address; our services put it on all.
        let Some(to) = to.cloned() else { return Ok(Outcome::Ignored) };
        let mail = async {
            let subject = format!("Order {order}: {subject}");
            self.context.tell(format_args!("order {order}"), format_args!("{} → mail “{subject}”", E::TYPE));
            self.mails.lock().unwrap_or_else(PoisonError::into_inner).push(Mail { to, order, subject });
            Ok(())
        };
        self.once.handle(event, mail).await
    }
}

impl Handler for Notifications {
    async fn handle(&self, record: &Record) -> Result<Outcome, Failure> {
        match CommerceEvent::decode(record.payload())? {
            CommerceEvent::OrderCreated(e) => self.mail(&e, e.order_id, Some(&e.user_email), "we have it").await,
            CommerceEvent::PaymentSucceeded(e) => {
                self.mail(&e, e.order_id, Some(&e.user_email), "paid, thank you").await
            }
            CommerceEvent::PaymentFailed(e) => self.mail(&e, e.order_id, e.user_email.as_ref(), "payment failed").await,
            CommerceEvent::ShippingReady(e) => self.mail(&e, e.order_id, Some(&e.user_email), "packed").await,
            CommerceEvent::ShippingDispatched(e) => {
                let subject = format!("on its way, {}", e.data.tracking_number);
                self.mail(&e, e.order_id, e.user_email.as_ref(), &subject).await
            }
            CommerceEvent::ShippingDelivered(e) => self.mail(&e, e.order_id, e.user_email.as_ref(), "delivered").await,
            CommerceEvent::ShippingCancelled(e) => {
                self.mail(&e, e.order_id, e.user_email.as_ref(), "shipment called off").await
            }
            CommerceEvent::OrderCancelled(e) => self.mail(&e, e.order_id, e.user_email.as_ref(), "cancelled").await,
            CommerceEvent::OrderRefunded(e) => {
                self.mail(&e, e.order_id, e.user_email.as_ref(), "your money is on its way back").await
            }
            CommerceEvent::Unknown(_) => Ok(Outcome::Ignored),
        }
    }
}
