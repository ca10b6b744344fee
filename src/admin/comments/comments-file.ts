import type { FoundComment } from '../../backend/owner-calls/comments';
import {
  admin_column_reason,
  admin_column_score,
  admin_comments_column_comment,
  admin_comments_column_flag,
  admin_comments_column_question,
  admin_comments_column_starred,
  admin_comments_column_tablet,
  admin_comments_column_tags,
  admin_comments_language,
  admin_data_column_local,
  admin_data_column_location,
  admin_data_column_record,
  admin_data_column_time,
} from '../../i18n/paraglide/messages';
import type { FileForm } from '../member-data/member-files';

type Names = {
  location: (id: string) => string;
  tablet: (id: string) => string;
  choice: (key: string) => string;
};

/** Comments as a file holds them: instants in ISO 8601, so that any program reads them; marks as 1. */
export const commentsFile = (names: Names): FileForm<FoundComment> => ({
  columns: () => [
    { label: admin_data_column_time() },
    { label: admin_data_column_local() },
    { label: admin_data_column_location() },
    { label: admin_comments_column_tablet() },
    { label: admin_comments_column_question() },
    { label: admin_column_score(), numeric: true },
    { label: admin_comments_column_comment() },
    { label: admin_comments_language() },
    { label: admin_column_reason() },
    { label: admin_comments_column_starred() },
    { label: admin_comments_column_tags() },
    { label: admin_comments_column_flag() },
    { label: admin_data_column_record() },
  ],
  cells: (comment) => [
    comment.occurred_at,
    comment.local_at,
    names.location(comment.location),
    names.tablet(comment.tablet),
    comment.score?.type ?? '',
    { text: '', raw: comment.score?.score ?? null },
    comment.text,
    comment.locale,
    (comment.choices ?? []).map(names.choice).join('; '),
    comment.starred ? '1' : '',
    comment.tags.join('; '),
    comment.flag ?? '',
    comment.id,
  ],
});
