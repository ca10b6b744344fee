import {
  admin_places_above,
  admin_places_above_headline,
  admin_places_below,
  admin_places_below_headline,
  admin_places_between,
  admin_places_empty,
  admin_places_few,
  admin_places_none_stand_out,
  admin_places_stand_out,
} from '../../i18n/paraglide/messages';
import { listWords } from '../format';
import type { Group, PlaceGrouped } from './groups';

const GROUP_WORDS = {
  above: admin_places_above,
  between: admin_places_between,
  below: admin_places_below,
  few: admin_places_few,
} satisfies Record<Group, () => string>;

export const groupWords = (group: Group): string => GROUP_WORDS[group]();

/** The sentence the page opens with: who stands out, or that nobody does, `none`. */
export function placesHeadline(
  places: readonly PlaceGrouped[],
  none: () => string = admin_places_none_stand_out,
): string {
  const names = (group: Group) => places.filter((place) => place.group === group).map(({ name }) => name);
  const [above, below] = [names('above'), names('below')];
  if (places.every(({ figure }) => figure.n === 0)) return admin_places_empty();
  if (above.length + below.length === 0) return none();
  if (above.length > 0 && below.length > 0)
    return admin_places_stand_out({ names: listWords([...below, ...above]) });
  return above.length > 0
    ? admin_places_above_headline({ names: listWords(above) })
    : admin_places_below_headline({ names: listWords(below) });
}
