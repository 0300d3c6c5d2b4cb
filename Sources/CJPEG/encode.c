#include "cjpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

// libjpeg's objects point into each other: an encoder stays where it is made.
typedef struct {
  struct jpeg_compress_struct library;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jmp_buf escape;
  size_t capacity;
  cjpeg_file file;
} encoder;

static encoder *of(j_common_ptr library) { return library->client_data; }

static void leave(encoder *e, cjpeg_status status) {
  e->file.status = status;
  longjmp(e->escape, 1);
}

static void error_exit(j_common_ptr library) {
  encoder *e = of(library);
  library->err->format_message(library, e->file.message);
  leave(e, library->err->msg_code == JERR_OUT_OF_MEMORY ? CJPEG_NO_MEMORY : CJPEG_BROKEN);
}

static void emit_message(j_common_ptr library, int level) {
  (void)library;
  (void)level;
}

static void output_message(j_common_ptr library) { (void)library; }

// Makes room after the `count` bytes that are there.
static void grow(encoder *e, size_t count) {
  const size_t capacity = e->capacity == 0 ? 1 << 14 : 2 * e->capacity;
  uint8_t *bytes = realloc(e->file.bytes, capacity);
  if (!bytes) leave(e, CJPEG_NO_MEMORY);
  e->file.bytes = bytes;
  e->capacity = capacity;
  e->destination.next_output_byte = bytes + count;
  e->destination.free_in_buffer = capacity - count;
}

static void init_destination(j_compress_ptr library) { grow(of((j_common_ptr)library), 0); }

// libjpeg calls it when the buffer is full, whatever it says of how much is left.
static boolean empty_output_buffer(j_compress_ptr library) {
  encoder *e = of((j_common_ptr)library);
  grow(e, e->capacity);
  return TRUE;
}

static void term_destination(j_compress_ptr library) {
  encoder *e = of((j_common_ptr)library);
  e->file.count = e->capacity - e->destination.free_in_buffer;
}

static void encode(
    encoder *e, const uint8_t *rgb, int32_t width, int32_t height, int32_t quality) {
  j_compress_ptr library = &e->library;
  jpeg_create_compress(library);
  library->dest = &e->destination;
  library->image_width = (JDIMENSION)width;
  library->image_height = (JDIMENSION)height;
  library->input_components = 3;
  library->in_color_space = JCS_RGB;
  jpeg_set_defaults(library);
  jpeg_set_quality(library, quality, TRUE);
  library->dct_method = JDCT_ISLOW;
  library->optimize_coding = TRUE;
  jpeg_start_compress(library, TRUE);
  const size_t stride = 3 * (size_t)width;
  while (library->next_scanline < library->image_height) {
    // libjpeg only reads the row, though its type does not say so.
    JSAMPROW row = (JSAMPROW)(rgb + stride * library->next_scanline);
    (void)jpeg_write_scanlines(library, &row, 1);
  }
  jpeg_finish_compress(library);
}

// Alone with setjmp: what is changed before longjmp stands in `e`, outside of this function.
static void run(encoder *e, const uint8_t *rgb, int32_t width, int32_t height, int32_t quality) {
  if (setjmp(e->escape) == 0) encode(e, rgb, width, height, quality);
}

cjpeg_file cjpeg_encode(const uint8_t *rgb, int32_t width, int32_t height, int32_t quality) {
  encoder e = {
      .destination = {
          .init_destination = init_destination,
          .empty_output_buffer = empty_output_buffer,
          .term_destination = term_destination,
      },
  };
  e.library.err = jpeg_std_error(&e.errors);
  e.library.client_data = &e;
  e.errors.error_exit = error_exit;
  e.errors.emit_message = emit_message;
  e.errors.output_message = output_message;
  run(&e, rgb, width, height, quality);
  jpeg_destroy_compress(&e.library);
  if (e.file.status != CJPEG_DECODED) {
    free(e.file.bytes);
    e.file.bytes = NULL;
    e.file.count = 0;
  }
  return e.file;
}
