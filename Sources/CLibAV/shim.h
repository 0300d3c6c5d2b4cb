// FFmpeg's libraries, for Swift, and what Swift does not see of them: macros with casts.
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static const int64_t clibav_no_pts = AV_NOPTS_VALUE;
static const int clibav_eof = AVERROR_EOF;
static const int clibav_again = AVERROR(EAGAIN);
static const int clibav_no_memory = AVERROR(ENOMEM);
