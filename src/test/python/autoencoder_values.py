"""The forward passes and losses that AutoencoderValuesTest expects: python3 autoencoder_values.py

Parameters, in the layout's order, are w[k] = 0.9 sin(1.7 k + 0.3); rows are x[i][j] = (3 i + 5 j mod 7) / 7.
The values are computed in double by matrix products of numpy and share no code with the library.
"""
import numpy as np

INPUTS, HIDDEN, CODE, ROWS = 4, 3, 2, 3
x = np.array([[((3 * i + 5 * j) % 7) / 7 for j in range(INPUTS)] for i in range(ROWS)])

sigmoid = lambda z: 1 / (1 + np.exp(-z))
ACTIVATIONS = {
    "SIGMOID": sigmoid,
    "TANH": np.tanh,
    "RELU": lambda z: np.maximum(z, 0),
    "LEAKY_RELU": lambda z: np.where(z > 0, z, 0.01 * z),
    "ELU": lambda z: np.where(z > 0, z, np.expm1(z)),
    "SOFTPLUS": lambda z: np.log1p(np.exp(z)),
    "LINEAR": lambda z: z,
}


def cosine(r):
    return 1 - (x * r).sum(1) / np.linalg.norm(x, axis=1) / np.linalg.norm(r, axis=1)


LOSSES = {
    "SQUARED_ERROR": lambda r: ((r - x) ** 2).sum(1),
    "CROSS_ENTROPY": lambda r: -(x * np.log(r) + (1 - x) * np.log(1 - r)).sum(1),
    "COSINE": cosine,
}


def run(activation, code_activation, output, loss, tied, decay):
    taken = 0

    def take(*shape):
        nonlocal taken
        n = int(np.prod(shape))
        values = 0.9 * np.sin(1.7 * np.arange(taken, taken + n) + 0.3)
        taken += n
        return values.reshape(shape)

    w1, b1 = take(INPUTS, HIDDEN), take(HIDDEN)
    w2, b2 = take(HIDDEN, CODE), take(CODE)
    if tied:
        w3, b3 = w2.T, take(HIDDEN)
        w4, b4 = w1.T, take(INPUTS)
        weights = [w1, w2]
    else:
        w3, b3 = take(CODE, HIDDEN), take(HIDDEN)
        w4, b4 = take(HIDDEN, INPUTS), take(INPUTS)
        weights = [w1, w2, w3, w4]
    f, g, o = ACTIVATIONS[activation], ACTIVATIONS[code_activation], ACTIVATIONS[output]
    code = g(f(x @ w1 + b1) @ w2 + b2)
    r = o(f(code @ w3 + b3) @ w4 + b4)
    penalty = decay / 2 * sum((w**2).sum() for w in weights)
    return code, r, LOSSES[loss](r).sum(), ROWS * penalty


for case in [
    ("SIGMOID", "SIGMOID", "SIGMOID", "CROSS_ENTROPY", False, 0.1),
    ("TANH", "LINEAR", "LINEAR", "SQUARED_ERROR", True, 0.1),
    ("RELU", "TANH", "SIGMOID", "SQUARED_ERROR", False, 0.0),
    ("ELU", "SOFTPLUS", "TANH", "COSINE", True, 0.0),
    ("LEAKY_RELU", "LEAKY_RELU", "SOFTPLUS", "COSINE", False, 0.2),
]:
    code, r, loss, penalty = run(*case)
    print(*case, f"{code[1, 0]:.9f} {code[2, 1]:.9f} {r[0, 0]:.9f} {r[2, 3]:.9f} {loss:.9f} {penalty:.9f}", sep=", ")
