import { alertCalls } from './owner-calls/alerts';
import { caseWorkCalls } from './owner-calls/case-work';
import { caseCalls } from './owner-calls/cases';
import { commentCalls } from './owner-calls/comments';
import { comparingCalls } from './owner-calls/comparing';
import { driverCalls } from './owner-calls/drivers';
import { improvementCalls } from './owner-calls/improvements';
import { memberFileCalls } from './owner-calls/member-files';
import { memberImportCalls } from './owner-calls/member-import';
import { memberCalls } from './owner-calls/members';
import { programmeCalls } from './owner-calls/programme';
import { questionCalls } from './owner-calls/questions';
import { recordCalls } from './owner-calls/records';
import { retentionCalls } from './owner-calls/retention';
import { rewardCalls } from './owner-calls/rewards';
import { scoreCalls } from './owner-calls/scores';
import { shopCalls } from './owner-calls/shop';
import { splitCalls } from './owner-calls/splits';
import { staffCalls } from './owner-calls/staff';
import { tabletCalls } from './owner-calls/tablets';
import { teamPulseCalls } from './owner-calls/team-pulse';
import type { OwnerClient } from './owner-client';

/** What a signed-in owner, manager or analyst can ask of the server. Every reply is parsed; nothing here throws. */
export const ownerCalls = (client: OwnerClient) => ({
  ...shopCalls(client),
  ...tabletCalls(client),
  ...staffCalls(client),
  ...scoreCalls(client),
  ...comparingCalls(client),
  ...recordCalls(client),
  ...programmeCalls(client),
  ...memberCalls(client),
  ...caseCalls(client),
  ...caseWorkCalls(client),
  ...commentCalls(client),
  ...teamPulseCalls(client),
  ...rewardCalls(client),
  ...memberImportCalls(client),
  ...memberFileCalls(client),
  ...retentionCalls(client),
  ...alertCalls(client),
  ...improvementCalls(client),
  ...questionCalls(client),
  ...driverCalls(client),
  ...splitCalls(client),
});

export type OwnerCalls = ReturnType<typeof ownerCalls>;
