//! Arithmetic modulo a number below 2^127, which no intermediate result overflows.

/// `a + b`, both below `modulus`.
pub(super) fn sum(a: u128, b: u128, modulus: u128) -> u128 {
    let sum = a + b;
    if sum >= modulus { sum - modulus } else { sum }
}

/// `a × b`
pub(super) fn product(a: u128, b: u128, modulus: u128) -> u128 {
    let (mut a, mut b) = (a % modulus, b % modulus);
    if let Some(product) = a.checked_mul(b) {
        return product % modulus;
    }
    // Bit by bit, for divisors that hardly any schema has.
    let mut result = 0;
    while b > 0 {
        if b & 1 == 1 {
            result = sum(result, a, modulus);
        }
        a = sum(a, a, modulus);
        b >>= 1;
    }
    result
}

/// `10^exponent`
pub(super) fn power_of_ten(mut exponent: u128, modulus: u128) -> u128 {
    let (mut result, mut square) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = product(result, square, modulus);
        }
        square = product(square, square, modulus);
        exponent >>= 1;
    }
    result
}
