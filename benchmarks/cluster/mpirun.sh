#!/usr/bin/env bash
# mplug-eval run in parts under an MPI launcher: mpirun.sh N ARGUMENTS..., where the arguments go to
# `mplug-eval run`:
#
#   mpirun.sh 8 vqav2/val --checkpoint vqa.pth --data /data
#   MPIRUN="mpirun --hostfile hosts --map-by node --bind-to none" mpirun.sh 8 … --threads 16
#
# The program needs no MPI: mpirun (or mpiexec) only starts it N times, and --shard auto takes the part
# from the environment. Results go to $RESULTS, results without it, on a folder that all machines share;
# MPLUG_EVAL names the program where it is not on the PATH. Open MPI binds a process to one core where
# there are few, and lets all of them loose on all cores where there are many: say how many --threads
# each has, and --bind-to none.
#
# The last step puts the parts together. Where mpirun ends with an error, as it does when one process
# fails, the same command again goes on where it was.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0" >&2; exit 64; }
count=$1
shift
program=${MPLUG_EVAL:-mplug-eval}
results=${RESULTS:-results}

# More than one word: options of the launcher.
read -ra launcher <<<"${MPIRUN:-mpirun}"
"${launcher[@]}" -np "$count" "$program" run "$@" --shard auto --output "$results"
"$program" merge "$results" --output "$results"
