import { render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenedCamera } from '../../../src/device/camera';
import type { CodeDetector } from '../../../src/device/code-detector';
import { Scan } from '../../../src/staff/scan.svelte';
import ScanScreen from '../../../src/staff/ScanScreen.svelte';

const MEMBERS = 'verna:member:018f3c1e-7b2a-7c3d-8e4f-000000000201';
const picture = {} as CanvasImageSource;

/** A camera before which the test holds codes. */
class ScriptedCamera {
  codes: string[] = [];
  stopped = 0;
  read: string[] = [];
  opened: OpenedCamera = {
    outcome: 'open',
    stream: { getTracks: () => [{ stop: () => (this.stopped += 1) }] } as unknown as MediaStream,
  };
  detector: CodeDetector | null = {
    detect: () => Promise.resolve(this.codes.map((rawValue) => ({ rawValue }))),
  };

  readonly parts = {
    detector: () => Promise.resolve(this.detector),
    camera: () => Promise.resolve(this.opened),
    read: (code: string) => {
      this.read.push(code);
      return code.startsWith('verna:member:');
    },
  };

  async scan(): Promise<{ scan: Scan; stop: () => void }> {
    const scan = new Scan(this.parts);
    const stop = scan.start();
    await vi.waitFor(() => expect(scan.state.name).not.toBe('starting'));
    return { scan, stop };
  }
}

describe('reading a code', () => {
  let camera: ScriptedCamera;
  beforeEach(() => {
    camera = new ScriptedCamera();
  });

  it('hands over what is before the camera, and says when it is no member’s', async () => {
    const { scan } = await camera.scan();
    await scan.look(picture);
    expect(scan.state).toMatchObject({ name: 'looking', isForeign: false });
    camera.codes = ['https://example.com'];
    await scan.look(picture);
    expect(scan.state).toMatchObject({ isForeign: true });
    camera.codes = ['https://example.com', MEMBERS];
    await scan.look(picture);
    expect(camera.read.at(-1)).toBe(MEMBERS);
  });

  it('looks on after a picture that could not be read', async () => {
    let isBroken = true;
    camera.detector = {
      detect: () =>
        isBroken
          ? Promise.reject(new DOMException('', 'InvalidStateError'))
          : Promise.resolve([{ rawValue: MEMBERS }]),
    };
    const { scan } = await camera.scan();
    await scan.look(picture);
    isBroken = false;
    await scan.look(picture);
    expect(camera.read).toEqual([MEMBERS]);
  });

  it('lets go of the camera when it is left, also while that still opens, and reads no more', async () => {
    const { scan, stop } = await camera.scan();
    stop();
    camera.codes = [MEMBERS];
    await scan.look(picture);
    expect([camera.stopped, camera.read]).toEqual([1, []]);
    const leaving = new Scan(camera.parts);
    leaving.start()();
    await Promise.resolve();
    expect(leaving.state.name).toBe('starting');
    let open: (camera: OpenedCamera) => void = () => {};
    const slow = new Scan({ ...camera.parts, camera: () => new Promise((resolve) => (open = resolve)) });
    const leave = slow.start();
    await new Promise((resolve) => setTimeout(resolve));
    leave();
    open(camera.opened);
    await vi.waitFor(() => expect(camera.stopped).toBe(2));
  });

  it.each<[string, Partial<ScriptedCamera>, RegExp]>([
    ['this browser reads no codes', { detector: null }, /cannot read codes/],
    ['the camera is blocked', { opened: { outcome: 'blocked' } }, /camera is blocked/],
    ['there is none', { opened: { outcome: 'missing' } }, /No camera/],
  ])('says so when %s, and leads back to the number', async (_, change, words) => {
    Object.assign(camera, change);
    const onback = vi.fn();
    render(ScanScreen, { read: camera.parts.read, onback, parts: camera.parts });
    expect((await screen.findByText(words)).getAttribute('role')).toBe('status');
    screen.getByRole('button', { name: 'Type the number' }).click();
    expect(onback).toHaveBeenCalledOnce();
  });
});
