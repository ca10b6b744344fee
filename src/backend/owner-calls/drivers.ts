import * as v from 'valibot';
import { FACTORS } from '../../domain/factor';
import type { DriverSum } from '../../domain/statistics/driver-sums';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const itemSchema = v.picklist(['overall', ...FACTORS]);

/** As the comment of report_drivers has them. */
const sumSchema = v.pipe(
  v.tuple([
    count,
    itemSchema,
    itemSchema,
    v.boolean(),
    count,
    count,
    count,
    count,
    count,
    count,
    count,
    count,
    count,
    count,
  ]),
  v.transform(
    ([
      part,
      one,
      other,
      isFlagged,
      n,
      oneSum,
      otherSum,
      oneSquares,
      otherSquares,
      products,
      topTwo,
      praised,
      blamed,
      low,
    ]): DriverSum => ({
      part,
      one,
      other,
      isFlagged,
      n,
      oneSum,
      otherSum,
      oneSquares,
      otherSquares,
      products,
      topTwo,
      praised,
      blamed,
      low,
    }),
  ),
);

export const driverCalls = (client: OwnerClient) => ({
  /** Sums of local dates 'YYYY-MM-DD', both included; a null location means all. */
  reportDrivers: (org: string, from: string, to: string, location: string | null) =>
    readReply(
      v.array(sumSchema),
      client.rpc('report_drivers', {
        org,
        from_date: from,
        to_date: to,
        ...(location !== null && { location }),
      }),
    ),
});
