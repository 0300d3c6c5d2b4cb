#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A JPEG file to RGB in one call, and RGB to a JPEG file: libjpeg leaves what fails by longjmp, which
// never passes through a caller of this.

typedef enum {
  // libjpeg went through to the end; `warnings` says whether it liked what it read.
  CJPEG_DECODED = 0,
  // The bytes ran out: an end marker was put after them, as Pillow does, and what libjpeg made of
  // that stands in the picture.
  CJPEG_ENDED_EARLY = 1,
  // libjpeg gave up at row `rows`; `message` says why.
  CJPEG_BROKEN = 2,
  // No memory was left.
  CJPEG_NO_MEMORY = 3,
  // There are more scans than `most_scans`.
  CJPEG_TOO_MANY_SCANS = 4,
  // libjpeg reads another size or number of components in the header than the caller did.
  CJPEG_OTHER_HEADER = 5,
} cjpeg_status;

typedef struct {
  cjpeg_status status;
  // Rows that libjpeg gave. Those below them are as an untouched picture of Pillow's is: black, and
  // white if it is of four components (no ink).
  int32_t rows;
  // When the bytes ran out: the rows that libjpeg had given, and the scan it was in.
  int32_t rows_at_end, scan_at_end;
  // What libjpeg found wrong with the coded picture and went on: codes that are none, data that
  // stop before their segment is full, restart markers out of order.
  int64_t warnings;
  // libjpeg's words, ending in 0: for the error, else for the first of `warnings`; may be empty.
  char message[256];
} cjpeg_result;

// Decodes a picture with the accurate integer transform and interpolated chroma, libjpeg's defaults.
//
// width, height, components (1, 3 or 4): what the header says.
// most_scans: progressive scans that are gone through; each goes over the whole picture.
// rgb: [height, width, 3]; all of it is written, whatever comes.
cjpeg_result cjpeg_decode(
    const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t components,
    int32_t most_scans, uint8_t *rgb);

typedef struct {
  // CJPEG_DECODED (all went well), CJPEG_NO_MEMORY or CJPEG_BROKEN: libjpeg gave up.
  cjpeg_status status;
  // The file; to be freed by free(). Null unless all went well.
  uint8_t *bytes;
  size_t count;
  // libjpeg's words for the error, ending in 0.
  char message[256];
} cjpeg_file;

// Encodes a picture as a baseline JPEG with the accurate integer transform, chroma halved in both
// directions and Huffman codes that suit the picture.
//
// quality: 1 to 100, libjpeg's scale.
// rgb: [height, width, 3].
cjpeg_file cjpeg_encode(const uint8_t *rgb, int32_t width, int32_t height, int32_t quality);

#endif
