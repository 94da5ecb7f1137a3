#!/usr/bin/env bash
# The job array of docs/scale.md on a Slurm of one machine (Debian's slurm-wlm, as root): 8 tasks, one of them killed and
# put into the queue again; bytes equal to one undivided run. `tests/slurm.sh [UNITS]`
set -euo pipefail
cd "$(dirname "$0")/.."
huibao=$(realpath "${HUIBAO:-${CARGO_TARGET_DIR:-target}/release/huibao}")
units=${1:-400}
export HUIBAO_HOME=${HUIBAO_HOME:-$PWD}
. tests/install.sh
[ "$(id -u)" = 0 ] || { skip "job array: Slurm is started as root"; exit 0; }
command -v slurmctld >/dev/null || debian slurm-wlm munge || { skip "job array: slurm-wlm cannot be had"; exit 0; }

work=$(mktemp -d); chmod 755 "$work"; mkdir -p "$work"/{state,spool,etc} /run/munge
stop() { pkill -F "$work/slurmd.pid" 2>/dev/null; pkill -F "$work/ctld.pid" 2>/dev/null; rm -rf "$work"; }
trap stop EXIT
name=$(hostname -s)
cat >"$work/etc/slurm.conf" <<CONF
ClusterName=briefings
SlurmctldHost=$name
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/ctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/slurmd.log
SchedulerParameters=sched_interval=1
JobRequeue=1
NodeName=$name CPUs=8 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
export SLURM_CONF=$work/etc/slurm.conf
pgrep -x munged >/dev/null || { chown munge: /run/munge; runuser -u munge -- munged 2>/dev/null || munged --force; }
slurmctld; slurmd
for _ in $(seq 50); do sinfo -h -o %T 2>/dev/null | grep -q idle && break; sleep 0.2; done
sinfo -h -o %T | grep -q idle || { tail -5 "$work"/*.log; echo "Slurm did not start"; exit 1; }

cd "$work"
sh "$HUIBAO_HOME/benches/units.sh" "$units" >数据.yaml
"$huibao" batch 数据.yaml -t township-briefing --by 乡镇 -o 一次 >/dev/null
cat >job.sh <<JOB
#!/bin/sh
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --output=$work/%A_%a.log
exec "$huibao" batch 数据.yaml -t township-briefing --by 乡镇 -o 简报 --shard auto --jobs 1
JOB
job=$(sbatch --parsable job.sh)
# One task is killed in the middle of its work and begins again.
for _ in $(seq 100); do [ -n "$(ls 简报/*.pdf 2>/dev/null | head -1)" ] && break; sleep 0.1; done
killed=$(squeue -h -j "$job" -t RUNNING -o %A,%K -r | tail -1)
scontrol requeue "${job}_${killed##*,}"
for _ in $(seq 600); do
  # A task that was put back waits for two minutes unless it is let go.
  squeue -h -j "$job" -o %i | grep -q . || break
  scontrol release "${job}_${killed##*,}" 2>/dev/null || true
  scontrol update "JobId=${job}_${killed##*,}" StartTime=now 2>/dev/null || true
  sleep 0.5
done
squeue -h -j "$job" | grep . && { echo "the tasks did not end"; exit 1; }
"$huibao" batch --merge 简报 -o 简报 >merged.log 2>&1 || { cat merged.log; exit 1; }
made=0
for file in 一次/*.pdf 一次/*.docx; do cmp -s "$file" "简报/$(basename "$file")" || { echo "differs: $file"; exit 1; }; made=$((made + 1)); done
echo "8 tasks, task ${killed##*,} killed and queued again: $made files as in one run"
[ "$made" -eq $((2 * units)) ]
