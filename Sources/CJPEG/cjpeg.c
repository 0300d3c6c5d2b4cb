#include "cjpeg.h"

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

_Static_assert(
    sizeof(((cjpeg_result *)0)->message) >= JMSG_LENGTH_MAX, "a message of libjpeg has room");

// libjpeg's objects point into each other: a decoder stays where it is made.
typedef struct {
  struct jpeg_decompress_struct library;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  // Bytes beyond those at hand that libjpeg asked to pass over.
  size_t skip;
  // What was left when the bytes ran out, and an end marker.
  uint8_t *tail;
  // A row of cyan, magenta, yellow, black.
  uint8_t *inks;
  uint8_t *rgb;
  int32_t width, height, components, most_scans;
  cjpeg_result result;
} decoder;

static decoder *of(j_common_ptr library) { return library->client_data; }

static void leave(decoder *d, cjpeg_status status) {
  d->result.status = status;
  longjmp(d->escape, 1);
}

static void end_early(decoder *d) {
  d->result.status = CJPEG_ENDED_EARLY;
  d->result.rows_at_end = d->result.rows;
  d->result.scan_at_end = d->library.input_scan_number;
}

static void error_exit(j_common_ptr library) {
  decoder *d = of(library);
  if (library->err->msg_code == JERR_OUT_OF_MEMORY) leave(d, CJPEG_NO_MEMORY);
  // The arithmetic decoder cannot stop and go on, so that where its bytes end Pillow's picture does.
  if (library->err->msg_code == JERR_CANT_SUSPEND && !d->tail) end_early(d);
  library->err->format_message(library, d->result.message);
  // A file that is cut off can look broken after the end marker that was put there.
  leave(d, d->result.status == CJPEG_ENDED_EARLY ? CJPEG_ENDED_EARLY : CJPEG_BROKEN);
}

// Only what touches the picture counts. Bytes between segments, odd versions and the like are in
// many a sound file.
static void emit_message(j_common_ptr library, int level) {
  if (level >= 0) return;
  switch (library->err->msg_code) {
  case JWRN_ARITH_BAD_CODE:
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_MUST_RESYNC: break;
  default: return;
  }
  decoder *d = of(library);
  if (d->result.warnings++ == 0) library->err->format_message(library, d->result.message);
}

static void output_message(j_common_ptr library) { (void)library; }

static void no_op(j_decompress_ptr library) { (void)library; }

// The whole file is at hand from the start; where it ends the decoder stops and is called again.
static boolean fill_input_buffer(j_decompress_ptr library) {
  (void)library;
  return FALSE;
}

static void skip_input_data(j_decompress_ptr library, long count) {
  struct jpeg_source_mgr *source = library->src;
  if (count <= 0) return;
  size_t step = (size_t)count;
  if (step > source->bytes_in_buffer) {
    of((j_common_ptr)library)->skip = step - source->bytes_in_buffer;
    step = source->bytes_in_buffer;
  }
  source->next_input_byte += step;
  source->bytes_in_buffer -= step;
}

// Called before each step of reading scans and of giving rows.
static void count_scans(j_common_ptr library) {
  decoder *d = of(library);
  if (d->library.input_scan_number > d->most_scans) leave(d, CJPEG_TOO_MANY_SCANS);
}

// Puts an end marker after the bytes that libjpeg has not used.
static void add_end_marker(decoder *d) {
  size_t left = d->source.bytes_in_buffer;
  d->tail = malloc(left + 2);
  if (!d->tail) leave(d, CJPEG_NO_MEMORY);
  memcpy(d->tail, d->source.next_input_byte, left);
  d->tail[left] = 0xFF;
  d->tail[left + 1] = 0xD9;
  d->source.next_input_byte = d->tail;
  d->source.bytes_in_buffer = left + 2;
  // A segment that reaches beyond the end swallows the marker.
  size_t skip = d->skip;
  d->skip = 0;
  if (skip > 0) skip_input_data(&d->library, skip > LONG_MAX ? LONG_MAX : (long)skip);
}

// Whether to call libjpeg once more, which came to the end of what it has.
static bool goes_on(decoder *d) {
  if (d->tail) return false;
  end_early(d);
  add_end_marker(d);
  return true;
}

// What Pillow's convert("RGB") does. It takes the samples of every picture of four components for
// inverted, as Adobe writes them, with or without its marker.
static void inks_to_rgb(const uint8_t *inks, uint8_t *rgb, int32_t width) {
  for (int32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
    const int light = inks[3];
    for (int c = 0; c < 3; c++) {
      // The product over 255, rounded; never more than `light`.
      const int product = (255 - inks[c]) * light + 128;
      rgb[c] = (uint8_t)(light - (((product >> 8) + product) >> 8));
    }
  }
}

static bool read_header(decoder *d) {
  j_decompress_ptr library = &d->library;
  int found;
  while ((found = jpeg_read_header(library, FALSE)) != JPEG_HEADER_OK) {
    // Tables may come in a file of their own, before that of the picture.
    if (found == JPEG_SUSPENDED && !goes_on(d)) return false;
  }
  if (library->image_width != (JDIMENSION)d->width
      || library->image_height != (JDIMENSION)d->height
      || library->num_components != d->components) {
    leave(d, CJPEG_OTHER_HEADER);
  }
  // Gray is copied to all three.
  library->out_color_space = d->components == 4 ? JCS_CMYK : JCS_RGB;
  return true;
}

static void decode(decoder *d) {
  j_decompress_ptr library = &d->library;
  jpeg_create_decompress(library);
  library->src = &d->source;
  library->progress = &d->progress;
  if (!read_header(d)) return;
  while (!jpeg_start_decompress(library)) {
    if (!goes_on(d)) return;
  }
  const size_t stride = 3 * (size_t)d->width;
  if (d->components == 4) {
    d->inks = malloc(4 * (size_t)d->width);
    if (!d->inks) leave(d, CJPEG_NO_MEMORY);
  }
  while (d->result.rows < d->height) {
    uint8_t *row = d->rgb + stride * (size_t)d->result.rows;
    JSAMPROW place = d->inks ? d->inks : row;
    if (jpeg_read_scanlines(library, &place, 1) == 1) {
      if (d->inks) inks_to_rgb(d->inks, row, d->width);
      d->result.rows++;
    } else if (!goes_on(d)) {
      return;
    }
  }
  // What comes after the last row may be wrong; that it is missing does not matter to Pillow.
  (void)jpeg_finish_decompress(library);
}

// Alone with setjmp: what is changed before longjmp stands in `d`, outside of this function.
static void run(decoder *d) {
  if (setjmp(d->escape) == 0) decode(d);
}

cjpeg_result cjpeg_decode(
    const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t components,
    int32_t most_scans, uint8_t *rgb) {
  decoder d = {
      .source = {
          .next_input_byte = bytes,
          .bytes_in_buffer = count,
          .init_source = no_op,
          .fill_input_buffer = fill_input_buffer,
          .skip_input_data = skip_input_data,
          .resync_to_restart = jpeg_resync_to_restart,
          .term_source = no_op,
      },
      .progress = {.progress_monitor = count_scans},
      .rgb = rgb,
      .width = width,
      .height = height,
      .components = components,
      .most_scans = most_scans,
  };
  d.library.err = jpeg_std_error(&d.errors);
  d.library.client_data = &d;
  d.errors.error_exit = error_exit;
  d.errors.emit_message = emit_message;
  d.errors.output_message = output_message;
  run(&d);
  jpeg_destroy_decompress(&d.library);
  free(d.tail);
  free(d.inks);
  const size_t stride = 3 * (size_t)width;
  const size_t done = stride * (size_t)d.result.rows;
  memset(rgb + done, components == 4 ? 255 : 0, stride * (size_t)height - done);
  return d.result;
}
