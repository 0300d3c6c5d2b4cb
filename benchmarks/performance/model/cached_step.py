"""One decoder step as PyTorch would do it with everything cached: what the original leaves out.

Keys and values of the memory are there once per layer and shared by the rows, those of the prefix
per row; only the last position is computed: the yardstick for a step that is bound by reading the
weights.
"""

import torch
from torch.nn import functional


class CachedStep:
    """`decoder`: the original's decoder; `memory` [1, tokens, H]; `past` [rows, t, H], made up."""

    def __init__(self, decoder, memory, past):
        self.decoder = decoder
        self.layers = decoder.bert.encoder.layer
        self.heads = self.layers[0].attention.self.num_attention_heads
        self.memories = [self.keys_and_values(layer.crossattention.self, memory)
                         for layer in self.layers]
        self.past = [self.keys_and_values(layer.attention.self, past) for layer in self.layers]

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def keys_and_values(self, attention, x):
        keys, values = self.split(attention.key(x)), self.split(attention.value(x))
        return keys.contiguous(), values.contiguous()

    def __call__(self, ids):
        """`ids` [rows]: the last token of each. Returns the logits [rows, V]."""
        position = self.past[0][0].shape[2]
        embeddings = self.decoder.bert.embeddings
        x = embeddings.LayerNorm(
            embeddings.word_embeddings(ids) + embeddings.token_type_embeddings.weight[0]
            + embeddings.position_embeddings.weight[position])
        rows = x.shape[0]
        for layer, memory, past in zip(self.layers, self.memories, self.past):
            attention = layer.attention.self
            keys, values = self.keys_and_values(attention, x[:, None])
            attended = functional.scaled_dot_product_attention(
                self.split(attention.query(x)[:, None]), torch.cat([past[0], keys], 2),
                torch.cat([past[1], values], 2))
            x = layer.attention.output(attended.reshape(rows, -1), x)
            query = self.split(layer.crossattention.self.query(x)[None])
            attended = functional.scaled_dot_product_attention(query, *memory)
            x = layer.crossattention.output(attended.transpose(1, 2).reshape(rows, -1), x)
            x = layer.feed_forward_chunk(x)
        return self.decoder.cls(x)
