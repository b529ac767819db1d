"""Whether a signature is a key's: RFC 8032, section 5.1.7, in so many words. Slow, and says nothing of secrets."""

import hashlib

p = 2**255 - 19
order = 2**252 + 27742317777372353535851937790883648493
d = -121665 * pow(121666, -1, p) % p

Point = tuple[int, int, int, int]


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    owner, nonce = decoded(key), decoded(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if owner is None or nonce is None or len(signature) != 64 or scalar >= order:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % order
    return same(times(scalar, base), plus(nonce, times(challenge, owner)))


def decoded(text: bytes) -> Point | None:
    number = int.from_bytes(text, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(square, (p + 3) // 8, p)
    if (x * x - square) % p:
        x = x * pow(2, (p - 1) // 4, p) % p
    if y >= p or (x * x - square) % p or (x == 0 and odd):
        return None
    x = p - x if x & 1 != odd else x
    return x, y, 1, x * y % p


def plus(left: Point, right: Point) -> Point:
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a, b = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    c, e = 2 * t1 * t2 * d, 2 * z1 * z2
    f, g, h, i = b - a, e - c, e + c, b + a
    return f * g % p, h * i % p, g * h % p, f * i % p


def times(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        result = plus(result, point) if scalar & 1 else result
        point, scalar = plus(point, point), scalar >> 1
    return result


def same(left: Point, right: Point) -> bool:
    return not (
        (left[0] * right[2] - right[0] * left[2]) % p or (left[1] * right[2] - right[1] * left[2]) % p
    )


base = decoded((4 * pow(5, -1, p) % p).to_bytes(32, "little")) or (0, 1, 1, 0)
