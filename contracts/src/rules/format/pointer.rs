//! JSON pointers of RFC 6901, and the relative ones that count levels up first.

/// Nothing, or segments that each start with a slash; a tilde is part of `~0` or `~1`.
pub(super) fn is_valid(text: &str) -> bool {
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(|escaped| escaped.starts_with(['0', '1']))
}

/// A number without leading zeros, then `#` or a JSON pointer.
pub(super) fn is_relative(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (levels, rest) = text.split_at(digits);
    let is_number = digits == 1 || (digits > 1 && !levels.starts_with('0'));
    is_number && (rest == "#" || is_valid(rest))
}
