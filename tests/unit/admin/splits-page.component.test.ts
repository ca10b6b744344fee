import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import Dimensions from '../../../src/admin/dimensions/Dimensions.svelte';
import Split from '../../../src/admin/split/Split.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { ReportSplit, TabletValue } from '../../../src/backend/owner-calls/splits';
import type { ReportTablet } from '../../../src/backend/owner-calls/tablets';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { id, ok, scriptedShop } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

// jsdom has no modal dialogs; pictures show the real ones.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
beforeEach(() => history.replaceState(null, '', '/admin/split'));

const TILL = { id: id(5), name: 'Till' };
const BREAD = { dimension_id: TILL.id, id: id(6), name: 'Bread', removed_at: null };
const NO_DIMENSIONS: Partial<OwnerCalls> = { dimensions: () => ok([]), dimensionValues: () => ok([]) };
const spaces = (text: string | null) => text?.replaceAll(/\s+/g, ' ').trim() ?? '';

function shopWith(calls: Partial<OwnerCalls>) {
  const shop = scriptedShop(calls);
  shop.surveys = [{ id: id(60), number: 1, definition: defaultSurvey }];
  shop.tablets = [
    { tablet: id(40), name: 'Counter', kind: 'kiosk', location: id(30), received: 1 } as ReportTablet,
  ];
  return shop;
}
const counted = (
  ...values: [value: string, name: string | null, good: number, bad: number, flagged?: number][]
) =>
  ok<ReportSplit>({
    outcome: 'ok',
    values: values.map(([value, name, good, bad, flagged = 0]) => ({
      value,
      name,
      type: 'csat',
      counts: [
        [1, bad, 0],
        [5, good + flagged, flagged],
      ],
    })),
  });

it('names what stands apart from the rest, says too few where it is, and counts flagged answers by the switch', async () => {
  const reportSplit: OwnerCalls['reportSplit'] = () =>
    counted(['bg', null, 190, 10], ['en', null, 60, 60], ['ru', null, 4, 1, 30]);
  const shop = shopWith({ ...NO_DIMENSIONS, reportSplit });
  render(ShopHarness, { shop, page: Split, pageProps: {} });
  const headline = 'English and Български: clearly apart from the rest';
  expect(await screen.findByRole('heading', { level: 1, name: headline })).toBeTruthy();
  const group = (name: string) => within(screen.getByRole('region', { name }));
  expect(spaces(group('Clearly above the rest').getByRole('listitem').textContent)).toMatch(
    /^Български.*95\.0% n = 200$/,
  );
  expect(spaces(group('Too few answers').getByRole('listitem').textContent)).toBe(
    'Русский Too few answers: 5 of 10',
  );
  await userEvent.click(
    screen.getByRole('checkbox', { name: '30 suspicious answers are left out; count them too' }),
  );
  expect(location.search).toContain('flagged=with');
  expect(screen.queryByRole('region', { name: 'Too few answers' })).toBeNull();
});

it('asks for people at one place, and tells who may not see them that they may not', async () => {
  history.replaceState(null, '', '/admin/split?by=staff');
  const asked: unknown[] = [];
  const reportSplit: OwnerCalls['reportSplit'] = (_org, dimension, { location, region }) => {
    asked.push({ dimension, location, region });
    return ok<ReportSplit>({ outcome: 'forbidden' });
  };
  render(ShopHarness, { shop: shopWith({ ...NO_DIMENSIONS, reportSplit }), page: Split, pageProps: {} });
  expect(await screen.findByText(/owners and managers only/)).toBeTruthy();
  expect(asked).toEqual([{ dimension: 'staff', location: id(30), region: null }]);
});

it('keeps the name and the lines that were filled, and says why a dimension was not saved', async () => {
  const saved: unknown[] = [];
  const saveDimension: OwnerCalls['saveDimension'] = (_org, dimension, name, values) => {
    saved.push({ dimension, name, values });
    return ok({ outcome: 'name_taken' });
  };
  const shop = shopWith({ ...NO_DIMENSIONS, saveDimension });
  render(ShopHarness, { shop, page: Dimensions, pageProps: {} });
  await userEvent.click(await screen.findByRole('button', { name: 'Add one' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Till');
  await userEvent.type(screen.getByLabelText('Value 1'), 'Bread');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is one with this name already.')).toBeTruthy();
  expect(saved).toEqual([{ dimension: null, name: 'Till', values: [{ value: null, name: 'Bread' }] }]);
});

it('says first what a tablet always stood for, and later since when', async () => {
  const set: TabletValue[] = [];
  const shop = shopWith({
    dimensions: () => ok([TILL]),
    dimensionValues: () => ok([BREAD]),
    tabletValues: () => ok([...set]),
    setTabletValue: (_org, told) => {
      set.unshift(told);
      return ok({ outcome: 'saved' });
    },
  });
  render(ShopHarness, { shop, page: Dimensions, pageProps: {} });
  const change = async () => userEvent.click(await screen.findByRole('button', { name: 'Change Counter' }));
  await change();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Till' }), 'Bread');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const row = { tablet_id: id(40), dimension_id: TILL.id };
  expect(set).toEqual([{ ...row, value_id: BREAD.id, since: '2000-01-01' }]);
  expect(await screen.findByText('ever since')).toBeTruthy();
  await change();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Till' }), 'Nothing');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(set[0]).toEqual({
    ...row,
    value_id: null,
    since: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as unknown,
  });
});
