import 'fake-indexeddb/auto';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseHandle } from '../../../src/device/database';
import { Outbox } from '../../../src/device/outbox';
import { Queue } from '../../../src/device/queue';
import RescueCard from '../../../src/staff/RescueCard.svelte';
import { draft } from '../device/support';
import { settings } from './staff-fixture';

function open(canExportPlain: boolean) {
  render(RescueCard, { settings, canExportPlain });
  return userEvent.setup();
}

/** What the card would hand to the browser's downloads, which jsdom has none of. */
let downloaded: { name: string; blob: Blob }[];

beforeEach(async () => {
  downloaded = [];
  const blobs = new Map<string, Blob>();
  URL.createObjectURL = (blob) => {
    const url = `blob:${blobs.size}`;
    blobs.set(url, blob as Blob);
    return url;
  };
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    downloaded.push({ name: this.download, blob: blobs.get(this.href)! });
  });
  const database = new DatabaseHandle();
  await new Queue(database).becomePaired(settings.tablet.id, 'a'.repeat(64), settings);
  await new Outbox(database).append(draft());
  await database.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  indexedDB.deleteDatabase('verna-tablet');
});

describe('the card that saves a queue', () => {
  it('says what to do while the tablet does not know the shop’s key', async () => {
    const user = open(false);
    await user.click(screen.getByRole('button', { name: 'Save to a file' }));
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Ask the owner to open the owner’s page',
    );
    expect(downloaded).toEqual([]);
  });

  it('offers a file that anybody can read to nobody but whom it was told to', () => {
    open(false);
    expect(screen.queryByRole('button', { name: 'Save without a seal' })).toBeNull();
  });

  it('saves such a file, and says how many answers are in it', async () => {
    const user = open(true);
    await user.click(screen.getByRole('button', { name: 'Save without a seal' }));
    const said = (await screen.findByRole('status')).textContent;
    const [file] = downloaded;
    expect(said).toContain(`1 answer is in the file “${file!.name}”`);
    expect(file!.name).toMatch(/^verna-rescue-\d{4}(-\d\d){4}\.json$/);
    expect(file!.blob.size).toBeGreaterThan(200);
  });
});
