//! How names can be written.

/// `order_id`: words of lower-case letters and digits, joined by `_`.
pub(super) fn is_snake(name: &str) -> bool {
    is_words(name, '_')
}

/// `order-management`: words of lower-case letters and digits, joined by `-`.
pub(super) fn is_kebab(name: &str) -> bool {
    is_words(name, '-')
}

/// `orderId`: letters and digits, the first a lower-case letter.
pub(super) fn is_camel(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `order.stock_reserved`: two or more words in snake case, joined by `.`.
pub(super) fn is_domain_action(name: &str) -> bool {
    name.contains('.') && name.split('.').all(is_snake)
}

fn is_words(name: &str, joint: char) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.split(joint).all(is_word)
}

/// `OrderID` as `order_id`, with the joint asked for.
pub(super) fn lower(name: &str, joint: &str) -> String {
    let snake = crate::names::field(name);
    snake.trim_start_matches("r#").trim_end_matches('_').replace('_', joint)
}

/// `order_id` as `orderId`.
pub(super) fn camel(name: &str) -> String {
    let pascal = crate::names::type_name(name);
    let mut letters = pascal.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for (name, snake, kebab, camel, domain_action) in [
            ("order", true, true, true, false),
            ("order_id", true, false, false, false),
            ("order-id", false, true, false, false),
            ("orderId", false, false, true, false),
            ("order.created", false, false, false, true),
            ("order.stock_reserved", false, false, false, true),
            ("order.created.v1", false, false, false, true),
            ("OrderCreated", false, false, false, false),
            ("order.", false, false, false, false),
            ("_order", false, false, false, false),
            ("order__id", false, false, false, false),
            ("2fa", false, false, false, false),
            ("line2", true, true, true, false),
            ("", false, false, false, false),
        ] {
            assert_eq!(
                (is_snake(name), is_kebab(name), is_camel(name), is_domain_action(name)),
                (snake, kebab, camel, domain_action),
                "{name}"
            );
        }
        assert_eq!(
            (lower("orderID", "_").as_str(), lower("Order Management", "-").as_str(), camel("order_id").as_str()),
            ("order_id", "order-management", "orderId")
        );
    }
}
