import { openCamera } from '../device/camera';
import { codeDetector, type CodeDetector } from '../device/code-detector';

export type ScanState =
  | { name: 'starting' }
  /** isForeign: the code before the camera is no member's. */
  | { name: 'looking'; stream: MediaStream; isForeign: boolean }
  /** This browser reads no codes; the camera may not be used; there is none. */
  | { name: 'unreadable' | 'blocked' | 'missing' };

export type ScanParts = {
  detector: () => Promise<CodeDetector | null>;
  camera: typeof openCamera;
  /** Takes a code that was read; false when it is no member's. */
  read: (code: string) => boolean;
};

/** Often enough to feel at once, seldom enough to leave a slow tablet its breath. */
const LOOKS_EVERY_MS = 150;

/** Looks for a code before the camera until one is taken, or until stopped. */
export class Scan {
  state = $state.raw<ScanState>({ name: 'starting' });
  #detector: CodeDetector | null = null;
  #stream: MediaStream | null = null;
  #isStopped = false;

  readonly #parts: ScanParts;

  constructor(parts: Partial<ScanParts> & Pick<ScanParts, 'read'>) {
    this.#parts = { detector: codeDetector, camera: openCamera, ...parts };
  }

  /** Returns what stops it: the camera's light goes out. */
  start(): () => void {
    void this.#open();
    return () => {
      this.#isStopped = true;
      for (const track of this.#stream?.getTracks() ?? []) track.stop();
    };
  }

  /** Looks at what the camera shows, again and again. Until its first picture there is nothing to look at. */
  async watch(video: HTMLVideoElement): Promise<void> {
    while (!this.#isStopped) {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) await this.look(video);
      await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
    }
  }

  /** Looks once. */
  async look(source: CanvasImageSource): Promise<void> {
    // A frame that cannot be read is followed by the next one.
    const codes = (await this.#detector?.detect(source).catch(() => [])) ?? [];
    const { state } = this;
    if (this.#isStopped || state.name !== 'looking' || codes.length === 0) return;
    const isTaken = codes.some(({ rawValue }) => this.#parts.read(rawValue));
    if (!isTaken && !state.isForeign) this.state = { ...state, isForeign: true };
  }

  async #open(): Promise<void> {
    this.#detector = await this.#parts.detector();
    if (this.#isStopped) return;
    if (!this.#detector) {
      this.state = { name: 'unreadable' };
      return;
    }
    const camera = await this.#parts.camera();
    if (camera.outcome !== 'open') {
      this.state = { name: camera.outcome };
      return;
    }
    this.#stream = camera.stream;
    if (this.#isStopped) for (const track of camera.stream.getTracks()) track.stop();
    else this.state = { name: 'looking', stream: camera.stream, isForeign: false };
  }
}
