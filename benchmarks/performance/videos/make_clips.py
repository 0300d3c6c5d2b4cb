"""Makes the clips of the `video` comparison with the ffmpeg program, and the list of them.

    python3 make_clips.py FOLDER [GOLDEN]

Moving test patterns under noise, at the bit rates of web video, so that a picture costs about as much
to decode as a filmed one. FOLDER/made lists the clips. Where GOLDEN is a folder with `media`,
FOLDER/golden lists those of its MP4 files of which decord returns the frames that were asked for.
Standard library only.
"""

import json
import os
import subprocess
import sys

X264 = ["-c:v", "libx264", "-preset", "fast", "-pix_fmt", "yuv420p", "-threads", "1"]
CLIPS = {  # size, seconds, frames in a second, strength of the noise, coding
    # 10 s, a key frame every 2 s, B-frames: what web video is made of.
    "h264_1280x720.mp4": ("1280x720", 10, 30, 8, X264 + ["-g", "60", "-bf", "3", "-b:v", "2500k"]),
    # 15 s of MSR-VTT's size, one key frame in 8 s.
    "h264_320x240.mp4": ("320x240", 15, 25, 8, X264 + ["-g", "200", "-bf", "2", "-b:v", "400k"]),
    # As MSVD: MPEG-4 in AVI. Without B-frames, where decord is frame-exact.
    "mpeg4_320x240.avi": ("320x240", 10, 25, 10,
                          ["-c:v", "mpeg4", "-g", "12", "-bf", "0", "-b:v", "800k"]),
}


def make(path, size, seconds, rate, noise, codec):
    source = (f"testsrc2=size={size}:rate={rate}:duration={seconds},"
              f"noise=alls={noise}:allf=t:all_seed=7")
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "lavfi", "-i", source,
                    *codec, "-bitexact", path], check=True)


def exact(golden):
    """The MP4 files of the golden folder whose 8 frames decord returns as asked."""
    folder = os.path.join(golden, "media/oracle/videos")
    for name in sorted(os.listdir(folder)):
        if not name.endswith("_mp4.json"):
            continue
        with open(os.path.join(folder, name)) as file:
            facts = json.load(file)
        if facts["reference"]["status"] == "ok" and facts["sampling"]["8"]["frame_exact"]:
            yield os.path.join(golden, "media/videos", facts["file"])


def main():
    folder = sys.argv[1]
    golden = sys.argv[2] if len(sys.argv) > 2 else ""
    os.makedirs(folder, exist_ok=True)
    for name, clip in CLIPS.items():
        make(os.path.join(folder, name), *clip)
    with open(os.path.join(folder, "made"), "w") as file:
        file.writelines(os.path.join(folder, name) + "\n" for name in CLIPS)
    if os.path.isdir(os.path.join(golden, "media")):
        with open(os.path.join(folder, "golden"), "w") as file:
            file.writelines(path + "\n" for path in exact(golden))


main()
