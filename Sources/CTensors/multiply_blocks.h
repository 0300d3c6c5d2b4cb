#ifndef CTENSORS_MULTIPLY_BLOCKS_H
#define CTENSORS_MULTIPLY_BLOCKS_H

#include "bodies.h"
#include "lane_functions.h"

// A product in blocks that fit the caches, for the vector bodies. The file that includes this has
// defined TILE_ROWS, the most rows of a tile, and gives `tiles` by their number of rows.
//
// A tile: to = from + a · b for some rows and one panel, over a stretch of k, in ascending order.
typedef struct {
  size_t k;
  const float *a;
  size_t a_stride;
  const float *b;
  // The sums so far; with the stride 0 the bias of all rows.
  const float *from;
  size_t from_stride;
  float *to;
  size_t to_stride;
  // What will be read later and is asked for meanwhile: so many floats on in each step of k.
  const float *ahead;
  size_t ahead_step;
} stretch;

typedef void tile_function(const stretch *);
static tile_function *const tiles[TILE_ROWS + 1];

enum {
  // Rows of a panel that stay in the first cache while the tiles of a block pass: 32 KiB.
  BLOCK_K = 256,
  // Bytes of rows of a that stay in the second cache while the panels pass.
  BLOCK_BYTES = 600 * 1024,
  BLOCK_TILES = 192 / TILE_ROWS,
  // Rows of a panel that are asked for ahead where one tile passes: 12 KiB, which memory needs.
  AHEAD = 96,
};

// Rows of a tile that has its sums: activation, residual, and to their place.
TARGET static void finish(
    const ctensors_product *p, size_t row, size_t rows, size_t column, size_t columns,
    const float *sums) {
  for (size_t r = 0; r < rows; r++) {
    float *c = p->c + (row + r) * p->c_stride + column;
    const float *residual =
        p->residual ? p->residual + (row + r) * p->residual_stride + column : NULL;
    for (size_t j = 0; j < columns; j += 16) {
      floats y = activated(load(sums + r * CTENSORS_PANEL + j), p->activation);
      if (columns - j < 16) {
        if (residual) y += load_first(residual + j, columns - j);
        store_first(c + j, columns - j, y);
      } else {
        if (residual) y += load(residual + j);
        store(c + j, y);
      }
    }
  }
}

// Asks for what a tile will write, and for what is added to it.
TARGET static void prefetch_rows(
    const float *rows, size_t stride, size_t row, size_t count, size_t column, size_t columns) {
  for (size_t r = row; r < row + count; r++) {
    __builtin_prefetch(rows + r * stride + column, 1);
    __builtin_prefetch(rows + r * stride + column + columns - 1, 1);
  }
}

// The tiles of a block over one panel. What lies between two stretches of k are the very sums, so
// that where they part does not change a result.
TARGET static void multiply_panel(
    const ctensors_product *p, size_t first, size_t last, size_t all_tiles, size_t column) {
  float bias[CTENSORS_PANEL] = {0}, block[BLOCK_TILES * TILE_ROWS * CTENSORS_PANEL];
  size_t columns = p->n - column < CTENSORS_PANEL ? p->n - column : CTENSORS_PANEL;
  if (p->bias) {
    for (size_t j = 0; j < columns; j++) bias[j] = p->bias[column + j];
  }
  bool is_plain = columns == CTENSORS_PANEL && p->activation == CTENSORS_IDENTITY && !p->residual;
  size_t done = 0, count = last - first;
  do {
    size_t k = p->k - done < BLOCK_K ? p->k - done : BLOCK_K;
    const float *panel = p->panels + column * p->k + done * CTENSORS_PANEL;
    bool is_last = done + k == p->k;
    for (size_t tile = first; tile < last; tile++) {
      size_t row = tile * p->m / all_tiles, rows = (tile + 1) * p->m / all_tiles - row;
      float *sums = block + (tile - first) * TILE_ROWS * CTENSORS_PANEL;
      bool is_direct = is_last && is_plain;
      stretch next = {
        .k = k,
        .a = p->a + row * p->a_stride + done,
        .a_stride = p->a_stride,
        .b = panel,
        .from = done == 0 ? bias : sums,
        .from_stride = done == 0 ? 0 : CTENSORS_PANEL,
        .to = is_direct ? p->c + row * p->c_stride + column : sums,
        .to_stride = is_direct ? p->c_stride : CTENSORS_PANEL,
        // Each tile asks for its part of the next stretch: behind this one, whose panel it may be.
        .ahead_step = (CTENSORS_PANEL + count - 1) / count,
      };
      next.ahead = panel + (count == 1 ? AHEAD : k) * CTENSORS_PANEL +
                   (tile - first) * k * next.ahead_step;
      if (is_last) {
        prefetch_rows(p->c, p->c_stride, row, rows, column, columns);
        if (p->residual) {
          prefetch_rows(p->residual, p->residual_stride, row, rows, column, columns);
        }
      }
      tiles[rows](&next);
      if (is_last && !is_direct) finish(p, row, rows, column, columns, sums);
    }
    done += k;
  } while (done < p->k);
}

TARGET static void multiply_in_blocks(const ctensors_product *p) {
  // Tiles of nearly the same size: a last one of few rows would wait for its sums.
  size_t all_tiles = (p->m + TILE_ROWS - 1) / TILE_ROWS;
  if (all_tiles == 0) return;
  size_t fitting = BLOCK_BYTES / sizeof(float) / TILE_ROWS / (p->k > 0 ? p->k : 1);
  size_t most = fitting < 1 ? 1 : fitting < BLOCK_TILES ? fitting : BLOCK_TILES;
  size_t blocks = (all_tiles + most - 1) / most;
  for (size_t block = 0; block < blocks; block++) {
    size_t first = block * all_tiles / blocks, last = (block + 1) * all_tiles / blocks;
    for (size_t column = 0; column < p->n; column += CTENSORS_PANEL) {
      multiply_panel(p, first, last, all_tiles, column);
    }
  }
}

#endif
