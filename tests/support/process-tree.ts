import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

type Process = { pid: number; parent: number; command: string };

/** Kills every process whose command line contains `marker`, and all that they started, before any can react. */
export function killTreesNaming(marker: string): void {
  const processes = listProcesses();
  const doomed = new Set(processes.filter(({ command }) => command.includes(marker)).map(({ pid }) => pid));
  doomed.delete(process.pid);
  // A Set visits what is added while it is walked, so this reaches every generation.
  for (const pid of doomed) {
    for (const child of processes) if (child.parent === pid) doomed.add(child.pid);
  }
  for (const pid of doomed) kill(pid);
}

function listProcesses(): Process[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

// Small container images have no ps.
function fromProc(): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The program's name stands in brackets and may itself hold brackets and spaces.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(pid), parent, command }];
    } catch {
      return []; // It ended while it was being read.
    }
  });
}

function fromPs(): Process[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
