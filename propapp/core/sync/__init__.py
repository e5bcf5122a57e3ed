"""Operations from devices: applied exactly once, each in a transaction of its own."""
