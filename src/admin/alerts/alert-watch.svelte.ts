import type { OwnerCalls } from '../../backend/owner-calls';
import type { Alert, ReportAlerts } from '../../backend/owner-calls/alerts';

/** The server works alerts out at most once a minute; asking oftener would show the same. */
const ASK_MS = 30_000;
/** As often as browsers let the timers of a hidden page run. */
const LISTEN_MS = 60_000;
/** More open ones than this are counted, and told of when the first are seen to. */
const PAGE = 20;

/** What the shop should hear of now, asked for while the owner's pages are open. */
export class AlertWatch {
  /** As of the last answer; null until the first. */
  report = $state.raw<ReportAlerts | null>(null);
  /** Whether the server has answered or could not be asked: until then nothing is known to be over. */
  isAsked = $state(false);
  readonly open: readonly Alert[] = $derived(
    this.report?.alerts.filter(({ closed_at }) => closed_at === null) ?? [],
  );
  /** How many open ones nobody has seen. */
  readonly waiting = $derived(this.report?.waiting ?? 0);
  readonly #calls: OwnerCalls;
  readonly #org: string;

  constructor(calls: OwnerCalls, org: string) {
    this.#calls = calls;
    this.#org = org;
  }

  /** What was known stays while the server does not answer. */
  async load(): Promise<void> {
    const report = await this.#calls.reportAlerts(this.#org, PAGE);
    if (report.ok) this.report = report.value;
    this.isAsked = true;
  }

  /** Asks while the page is visible, and in the background if so told; the returned function stops. */
  watch(inBackground: () => boolean): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    const ask = async () => {
      clearTimeout(timer);
      const isVisible = document.visibilityState === 'visible';
      if (isVisible || inBackground()) await this.load();
      if (!isStopped) timer = setTimeout(() => void ask(), isVisible ? ASK_MS : LISTEN_MS);
    };
    const seen = () => document.visibilityState === 'visible' && void ask();
    document.addEventListener('visibilitychange', seen);
    void ask();
    return () => {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }
}
