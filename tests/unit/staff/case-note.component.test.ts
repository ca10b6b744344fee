import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { FoundMember } from '../../../src/device/members';
import * as phones from '../../../src/device/phone';
import { caseSchema, type Case } from '../../../src/domain/case';
import type { SaveResult } from '../../../src/domain/sync';
import { CaseNote } from '../../../src/staff/case-note.svelte';
import { PROGRAMME } from '../../support/members';

const id = (number: number) => `018f3c1e-7b2a-4c3d-8e4f-${String(number).padStart(12, '0')}`;
const NOW = Date.UTC(2026, 10, 22, 14, 5);
const anna: FoundMember = {
  outcome: 'known',
  whom: { member: id(1), lookup: 'ab'.repeat(16) },
  member: { id: id(1), name: 'Анна', points: 10, last_visit: null },
  balance: 10,
  countedAt: null,
};

const UNKNOWN: FoundMember = {
  outcome: 'unknown',
  whom: { member: null, lookup: 'ab'.repeat(16) },
  isCertain: false,
  countedAt: null,
};

/** A complaint about to be noted by Vera; the tablet finds `found` for every number. */
function open(found: FoundMember = UNKNOWN, hasProgramme = true) {
  const saved: Case[] = [];
  const world = { result: { outcome: 'saved', id: id(9) } as SaveResult, finding: Promise.resolve(found) };
  const note = new CaseNote(
    {
      phones,
      membership: () =>
        hasProgramme ? { directory_salt: 'ab'.repeat(32), programme: PROGRAMME, rewards: [] } : null,
      members: { find: () => world.finding },
      staff: () => id(40),
      session: id(50),
      save: (complaint) => {
        saved.push(v.parse(caseSchema, complaint));
        return Promise.resolve(world.result);
      },
      now: () => NOW,
    },
    'bg',
  );
  return { note, saved, world };
}

describe('noting a complaint', () => {
  it('keeps the words, the number as it is dialled, the name, the session and who noted it', async () => {
    const { note, saved } = open();
    note.text = ' The bread was wet ';
    note.phone = '0888 12 34 56';
    note.firstName = ' Ann ';
    note.locale = 'ru';
    await note.save();
    expect(saved).toEqual([
      {
        type: 'case',
        text: 'The bread was wet',
        member: null,
        phone: '+359888123456',
        firstName: 'Ann',
        session: id(50),
        locale: 'ru',
        staff: id(40),
      },
    ]);
    expect(note.dueAt).toBe(NOW + 48 * 3_600_000);
    expect([note.text, note.phone, note.firstName]).toEqual(['', '', '']);
  });

  it('names the member instead of the number once it is known whose it is', async () => {
    const { note, saved } = open(anna);
    note.text = 'Wet';
    note.phone = '0888123456';
    await note.lookUp();
    expect(note.member).toBe('Анна');
    await note.save();
    expect(saved).toEqual([expect.objectContaining({ member: id(1), phone: null, firstName: null })]);
  });

  it('does not take one member for another whose number was typed after the lookup', async () => {
    const { note, saved } = open(anna);
    note.text = 'Wet';
    note.phone = '0888123456';
    await note.lookUp();
    note.phone = '0888123457';
    await note.save();
    expect(saved).toEqual([expect.objectContaining({ member: null, phone: '+359888123457' })]);
  });

  it('does not wait for a lookup, which may take the network’s time', async () => {
    const { note, saved, world } = open();
    world.finding = new Promise(() => {});
    note.text = 'Wet';
    note.phone = '0888123456';
    void note.lookUp();
    await note.save();
    expect(saved).toEqual([expect.objectContaining({ phone: '+359888123456' })]);
  });

  it('needs no number and no name', async () => {
    const { note, saved } = open();
    note.text = 'Wet';
    await note.save();
    expect(saved).toEqual([expect.objectContaining({ member: null, phone: null, firstName: null })]);
  });

  it('asks for words, and for a number that there is, and stores nothing until then', async () => {
    const { note, saved } = open();
    await note.save();
    expect(note.problem).toBe('text');
    note.text = 'Wet';
    note.phone = '0888';
    await note.save();
    expect(note.problem).toBe('phone');
    expect(saved).toEqual([]);
  });

  it('takes numbers with their country where the shop has no programme, and looks nobody up', async () => {
    const { note, saved } = open(anna, false);
    note.text = 'Wet';
    note.phone = '0888123456';
    await note.lookUp();
    expect(note.problem).toBe('phone');
    note.phone = '+359888123456';
    await note.lookUp();
    expect([note.problem, note.member]).toEqual([null, null]);
    await note.save();
    expect(saved).toEqual([expect.objectContaining({ phone: '+359888123456' })]);
  });

  it('keeps what was typed when the tablet could not store it', async () => {
    const { note, world } = open();
    world.result = { outcome: 'failed', failure: 'full' };
    note.text = 'Wet';
    await note.save();
    expect([note.problem, note.text, note.dueAt]).toEqual(['failed', 'Wet', null]);
  });
});
