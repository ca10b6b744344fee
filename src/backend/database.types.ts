// Generated from supabase/migrations by supabase/embedded/generate-types.ts; changes here are lost.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      alert_notes: {
        Row: {
          alert_id: string;
          at: string;
          created_by: string;
          id: string;
          note: string | null;
          org_id: string;
        };
        Insert: {
          alert_id: string;
          at?: string;
          created_by: string;
          id?: string;
          note?: string | null;
          org_id: string;
        };
        Update: {
          alert_id?: string;
          at?: string;
          created_by?: string;
          id?: string;
          note?: string | null;
          org_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'alert_notes_org_id_alert_id_fkey';
            columns: ['org_id', 'alert_id'];
            isOneToOne: false;
            referencedRelation: 'alerts';
            referencedColumns: ['org_id', 'id'];
          },
          {
            foreignKeyName: 'alert_notes_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      alert_rules: {
        Row: {
          case_due: boolean;
          case_due_hours: number;
          changed_at: string | null;
          changed_by: string | null;
          low_answers: number;
          low_scores: boolean;
          low_share_percent: number;
          low_window_minutes: number;
          mail_to: string[];
          org_id: string;
          score_left_limits: boolean;
          tablet_silent: boolean;
        };
        Insert: {
          case_due?: boolean;
          case_due_hours?: number;
          changed_at?: string | null;
          changed_by?: string | null;
          low_answers?: number;
          low_scores?: boolean;
          low_share_percent?: number;
          low_window_minutes?: number;
          mail_to?: string[];
          org_id: string;
          score_left_limits?: boolean;
          tablet_silent?: boolean;
        };
        Update: {
          case_due?: boolean;
          case_due_hours?: number;
          changed_at?: string | null;
          changed_by?: string | null;
          low_answers?: number;
          low_scores?: boolean;
          low_share_percent?: number;
          low_window_minutes?: number;
          mail_to?: string[];
          org_id?: string;
          score_left_limits?: boolean;
          tablet_silent?: boolean;
        };
        Relationships: [
          {
            foreignKeyName: 'alert_rules_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: true;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      alerts: {
        Row: {
          acknowledged_at: string | null;
          acknowledged_by: string | null;
          closed_at: string | null;
          closed_by: string | null;
          facts: Json;
          id: string;
          kind: string;
          opened_at: string;
          org_id: string;
          subject: Json;
        };
        Insert: {
          acknowledged_at?: string | null;
          acknowledged_by?: string | null;
          closed_at?: string | null;
          closed_by?: string | null;
          facts: Json;
          id?: string;
          kind: string;
          opened_at: string;
          org_id: string;
          subject: Json;
        };
        Update: {
          acknowledged_at?: string | null;
          acknowledged_by?: string | null;
          closed_at?: string | null;
          closed_by?: string | null;
          facts?: Json;
          id?: string;
          kind?: string;
          opened_at?: string;
          org_id?: string;
          subject?: Json;
        };
        Relationships: [
          {
            foreignKeyName: 'alerts_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      answers: {
        Row: {
          choices: string[] | null;
          clock: string;
          comment: string | null;
          flag: string | null;
          id: string;
          local_at: string;
          locale: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          question: string;
          score: number | null;
          session_id: string;
          survey_version_id: string;
          tablet_id: string;
          type: string;
        };
        Insert: {
          choices?: string[] | null;
          clock: string;
          comment?: string | null;
          flag?: string | null;
          id: string;
          local_at: string;
          locale: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          question: string;
          score?: number | null;
          session_id: string;
          survey_version_id: string;
          tablet_id: string;
          type: string;
        };
        Update: {
          choices?: string[] | null;
          clock?: string;
          comment?: string | null;
          flag?: string | null;
          id?: string;
          local_at?: string;
          locale?: string;
          location_id?: string;
          occurred_at?: string;
          org_id?: string;
          question?: string;
          score?: number | null;
          session_id?: string;
          survey_version_id?: string;
          tablet_id?: string;
          type?: string;
        };
        Relationships: [];
      };
      api_answers: {
        Row: {
          answer_id: string | null;
          choices: string[] | null;
          clock: string | null;
          comment: string | null;
          flag: string | null;
          local_at: string | null;
          locale: string | null;
          location_id: string | null;
          occurred_at: string | null;
          organization_id: string | null;
          question: string | null;
          score: number | null;
          session_id: string | null;
          survey_version_id: string | null;
          tablet_id: string | null;
          type: string | null;
        };
        Insert: {
          answer_id?: string | null;
          choices?: string[] | null;
          clock?: string | null;
          comment?: string | null;
          flag?: string | null;
          local_at?: string | null;
          locale?: string | null;
          location_id?: string | null;
          occurred_at?: string | null;
          organization_id?: string | null;
          question?: string | null;
          score?: number | null;
          session_id?: string | null;
          survey_version_id?: string | null;
          tablet_id?: string | null;
          type?: string | null;
        };
        Update: {
          answer_id?: string | null;
          choices?: string[] | null;
          clock?: string | null;
          comment?: string | null;
          flag?: string | null;
          local_at?: string | null;
          locale?: string | null;
          location_id?: string | null;
          occurred_at?: string | null;
          organization_id?: string | null;
          question?: string | null;
          score?: number | null;
          session_id?: string | null;
          survey_version_id?: string | null;
          tablet_id?: string | null;
          type?: string | null;
        };
        Relationships: [];
      };
      api_cases: {
        Row: {
          case_id: string | null;
          cause: string | null;
          contacted_at: string | null;
          due_at: string | null;
          location_id: string | null;
          occurred_at: string | null;
          organization_id: string | null;
          promise_due_at: string | null;
          promise_kept: boolean | null;
          received_at: string | null;
          rerating: number | null;
          resolved_at: string | null;
          score: number | null;
          session_id: string | null;
          state: string | null;
          would_return: string | null;
        };
        Insert: {
          case_id?: string | null;
          cause?: string | null;
          contacted_at?: string | null;
          due_at?: string | null;
          location_id?: string | null;
          occurred_at?: string | null;
          organization_id?: string | null;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          received_at?: string | null;
          rerating?: number | null;
          resolved_at?: string | null;
          score?: number | null;
          session_id?: string | null;
          state?: string | null;
          would_return?: string | null;
        };
        Update: {
          case_id?: string | null;
          cause?: string | null;
          contacted_at?: string | null;
          due_at?: string | null;
          location_id?: string | null;
          occurred_at?: string | null;
          organization_id?: string | null;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          received_at?: string | null;
          rerating?: number | null;
          resolved_at?: string | null;
          score?: number | null;
          session_id?: string | null;
          state?: string | null;
          would_return?: string | null;
        };
        Relationships: [];
      };
      api_choice_counts: {
        Row: {
          choice: string | null;
          local_hour: string | null;
          location_id: string | null;
          n: number | null;
          n_flagged: number | null;
          organization_id: string | null;
          question: string | null;
          tablet_id: string | null;
        };
        Insert: {
          choice?: string | null;
          local_hour?: string | null;
          location_id?: string | null;
          n?: number | null;
          n_flagged?: number | null;
          organization_id?: string | null;
          question?: string | null;
          tablet_id?: string | null;
        };
        Update: {
          choice?: string | null;
          local_hour?: string | null;
          location_id?: string | null;
          n?: number | null;
          n_flagged?: number | null;
          organization_id?: string | null;
          question?: string | null;
          tablet_id?: string | null;
        };
        Relationships: [];
      };
      api_locations: {
        Row: {
          location_id: string | null;
          name: string | null;
          organization_id: string | null;
          region: string | null;
          time_zone: string | null;
        };
        Insert: {
          location_id?: string | null;
          name?: string | null;
          organization_id?: string | null;
          region?: string | null;
          time_zone?: string | null;
        };
        Update: {
          location_id?: string | null;
          name?: string | null;
          organization_id?: string | null;
          region?: string | null;
          time_zone?: string | null;
        };
        Relationships: [];
      };
      api_score_counts: {
        Row: {
          local_hour: string | null;
          location_id: string | null;
          n: number | null;
          n_flagged: number | null;
          organization_id: string | null;
          question: string | null;
          score: number | null;
          tablet_id: string | null;
          type: string | null;
        };
        Insert: {
          local_hour?: string | null;
          location_id?: string | null;
          n?: number | null;
          n_flagged?: number | null;
          organization_id?: string | null;
          question?: string | null;
          score?: number | null;
          tablet_id?: string | null;
          type?: string | null;
        };
        Update: {
          local_hour?: string | null;
          location_id?: string | null;
          n?: number | null;
          n_flagged?: number | null;
          organization_id?: string | null;
          question?: string | null;
          score?: number | null;
          tablet_id?: string | null;
          type?: string | null;
        };
        Relationships: [];
      };
      api_surveys: {
        Row: {
          definition: Json | null;
          number: number | null;
          organization_id: string | null;
          survey_id: string | null;
          survey_version_id: string | null;
        };
        Insert: {
          definition?: Json | null;
          number?: number | null;
          organization_id?: string | null;
          survey_id?: string | null;
          survey_version_id?: string | null;
        };
        Update: {
          definition?: Json | null;
          number?: number | null;
          organization_id?: string | null;
          survey_id?: string | null;
          survey_version_id?: string | null;
        };
        Relationships: [];
      };
      api_tablets: {
        Row: {
          kind: string | null;
          location_id: string | null;
          name: string | null;
          organization_id: string | null;
          tablet_id: string | null;
        };
        Insert: {
          kind?: string | null;
          location_id?: string | null;
          name?: string | null;
          organization_id?: string | null;
          tablet_id?: string | null;
        };
        Update: {
          kind?: string | null;
          location_id?: string | null;
          name?: string | null;
          organization_id?: string | null;
          tablet_id?: string | null;
        };
        Relationships: [];
      };
      case_events: {
        Row: {
          assignee: string | null;
          at: string;
          case_id: string;
          cause: string | null;
          created_by: string;
          id: string;
          note: string | null;
          org_id: string;
          promise_due_at: string | null;
          promise_kept: boolean | null;
          rerating: number | null;
          state: string;
          what: string;
          would_return: string | null;
        };
        Insert: {
          assignee?: string | null;
          at?: string;
          case_id: string;
          cause?: string | null;
          created_by: string;
          id?: string;
          note?: string | null;
          org_id: string;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          rerating?: number | null;
          state: string;
          what?: string;
          would_return?: string | null;
        };
        Update: {
          assignee?: string | null;
          at?: string;
          case_id?: string;
          cause?: string | null;
          created_by?: string;
          id?: string;
          note?: string | null;
          org_id?: string;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          rerating?: number | null;
          state?: string;
          what?: string;
          would_return?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'case_events_org_id_case_id_fkey';
            columns: ['org_id', 'case_id'];
            isOneToOne: false;
            referencedRelation: 'cases';
            referencedColumns: ['org_id', 'id'];
          },
          {
            foreignKeyName: 'case_events_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      cases: {
        Row: {
          alias: string | null;
          assignee: string | null;
          assignee_id: string | null;
          cause: string | null;
          clock: string;
          contacted_at: string | null;
          due_at: string;
          first_name: string | null;
          id: string;
          local_at: string | null;
          locale: string;
          location_id: string | null;
          occurred_at: string;
          opened_by: string | null;
          org_id: string;
          phone: string | null;
          promise_due_at: string | null;
          promise_kept: boolean | null;
          received_at: string;
          rerating: number | null;
          resolved_at: string | null;
          score: number | null;
          session_id: string | null;
          staff_id: string | null;
          state: string;
          tablet_id: string | null;
          text: string | null;
          would_return: string | null;
        };
        Insert: {
          alias?: string | null;
          assignee?: string | null;
          assignee_id?: string | null;
          cause?: string | null;
          clock: string;
          contacted_at?: string | null;
          due_at: string;
          first_name?: string | null;
          id?: string;
          local_at?: string | null;
          locale: string;
          location_id?: string | null;
          occurred_at: string;
          opened_by?: string | null;
          org_id: string;
          phone?: string | null;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          received_at?: string;
          rerating?: number | null;
          resolved_at?: string | null;
          score?: number | null;
          session_id?: string | null;
          staff_id?: string | null;
          state?: string;
          tablet_id?: string | null;
          text?: string | null;
          would_return?: string | null;
        };
        Update: {
          alias?: string | null;
          assignee?: string | null;
          assignee_id?: string | null;
          cause?: string | null;
          clock?: string;
          contacted_at?: string | null;
          due_at?: string;
          first_name?: string | null;
          id?: string;
          local_at?: string | null;
          locale?: string;
          location_id?: string | null;
          occurred_at?: string;
          opened_by?: string | null;
          org_id?: string;
          phone?: string | null;
          promise_due_at?: string | null;
          promise_kept?: boolean | null;
          received_at?: string;
          rerating?: number | null;
          resolved_at?: string | null;
          score?: number | null;
          session_id?: string | null;
          staff_id?: string | null;
          state?: string;
          tablet_id?: string | null;
          text?: string | null;
          would_return?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'cases_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      changed_days: {
        Row: {
          changes: number;
          day: string;
          location_id: string;
          org_id: string;
          tablet_id: string;
        };
        Insert: {
          changes?: number;
          day: string;
          location_id: string;
          org_id: string;
          tablet_id: string;
        };
        Update: {
          changes?: number;
          day?: string;
          location_id?: string;
          org_id?: string;
          tablet_id?: string;
        };
        Relationships: [];
      };
      changed_months: {
        Row: {
          changes: number;
          location_id: string;
          month: string;
          org_id: string;
          tablet_id: string;
        };
        Insert: {
          changes?: number;
          location_id: string;
          month: string;
          org_id: string;
          tablet_id: string;
        };
        Update: {
          changes?: number;
          location_id?: string;
          month?: string;
          org_id?: string;
          tablet_id?: string;
        };
        Relationships: [];
      };
      choice_counts: {
        Row: {
          choice: string;
          local_hour: string;
          location_id: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
          tablet_id: string;
        };
        Insert: {
          choice: string;
          local_hour: string;
          location_id: string;
          n: number;
          n_flagged?: number;
          org_id: string;
          question: string;
          tablet_id: string;
        };
        Update: {
          choice?: string;
          local_hour?: string;
          location_id?: string;
          n?: number;
          n_flagged?: number;
          org_id?: string;
          question?: string;
          tablet_id?: string;
        };
        Relationships: [];
      };
      choice_days: {
        Row: {
          choice: string;
          day: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
        };
        Insert: {
          choice: string;
          day: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
        };
        Update: {
          choice?: string;
          day?: string;
          n?: number;
          n_flagged?: number;
          org_id?: string;
          question?: string;
        };
        Relationships: [];
      };
      choice_months: {
        Row: {
          choice: string;
          month: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
          scope_id: string;
        };
        Insert: {
          choice: string;
          month: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
          scope_id: string;
        };
        Update: {
          choice?: string;
          month?: string;
          n?: number;
          n_flagged?: number;
          org_id?: string;
          question?: string;
          scope_id?: string;
        };
        Relationships: [];
      };
      comment_marks: {
        Row: {
          answer_id: string;
          created_at: string;
          created_by: string;
          kind: string;
          org_id: string;
          tag: string;
        };
        Insert: {
          answer_id: string;
          created_at?: string;
          created_by: string;
          kind: string;
          org_id: string;
          tag?: string;
        };
        Update: {
          answer_id?: string;
          created_at?: string;
          created_by?: string;
          kind?: string;
          org_id?: string;
          tag?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'comment_marks_org_id_answer_id_fkey';
            columns: ['org_id', 'answer_id'];
            isOneToOne: false;
            referencedRelation: 'comment_words';
            referencedColumns: ['org_id', 'answer_id'];
          },
        ];
      };
      comment_words: {
        Row: {
          answer_id: string;
          choices: string[] | null;
          local_at: string;
          locale: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          score: number | null;
          score_type: string | null;
          session_id: string;
          tablet_id: string;
          words: string;
        };
        Insert: {
          answer_id: string;
          choices?: string[] | null;
          local_at: string;
          locale: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          score?: number | null;
          score_type?: string | null;
          session_id: string;
          tablet_id: string;
          words: string;
        };
        Update: {
          answer_id?: string;
          choices?: string[] | null;
          local_at?: string;
          locale?: string;
          location_id?: string;
          occurred_at?: string;
          org_id?: string;
          score?: number | null;
          score_type?: string | null;
          session_id?: string;
          tablet_id?: string;
          words?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'comment_words_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      consents: {
        Row: {
          clock: string;
          given_by: string | null;
          granted: boolean;
          locale: string;
          location_id: string | null;
          member_id: string | null;
          occurred_at: string;
          org_id: string;
          purpose: string;
          record_id: string;
          staff_id: string | null;
          tablet_id: string | null;
          version: number;
        };
        Insert: {
          clock: string;
          given_by?: string | null;
          granted: boolean;
          locale: string;
          location_id?: string | null;
          member_id?: string | null;
          occurred_at: string;
          org_id: string;
          purpose: string;
          record_id: string;
          staff_id?: string | null;
          tablet_id?: string | null;
          version: number;
        };
        Update: {
          clock?: string;
          given_by?: string | null;
          granted?: boolean;
          locale?: string;
          location_id?: string | null;
          member_id?: string | null;
          occurred_at?: string;
          org_id?: string;
          purpose?: string;
          record_id?: string;
          staff_id?: string | null;
          tablet_id?: string | null;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'consents_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'consents_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      dimension_values: {
        Row: {
          dimension_id: string;
          id: string;
          name: string;
          org_id: string;
          position: number;
          removed_at: string | null;
        };
        Insert: {
          dimension_id: string;
          id?: string;
          name: string;
          org_id: string;
          position: number;
          removed_at?: string | null;
        };
        Update: {
          dimension_id?: string;
          id?: string;
          name?: string;
          org_id?: string;
          position?: number;
          removed_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'dimension_values_org_id_dimension_id_fkey';
            columns: ['org_id', 'dimension_id'];
            isOneToOne: false;
            referencedRelation: 'dimensions';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      dimensions: {
        Row: {
          created_at: string;
          created_by: string;
          id: string;
          name: string;
          org_id: string;
          removed_at: string | null;
          removed_by: string | null;
        };
        Insert: {
          created_at?: string;
          created_by: string;
          id?: string;
          name: string;
          org_id: string;
          removed_at?: string | null;
          removed_by?: string | null;
        };
        Update: {
          created_at?: string;
          created_by?: string;
          id?: string;
          name?: string;
          org_id?: string;
          removed_at?: string | null;
          removed_by?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'dimensions_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      driver_days: {
        Row: {
          blamed: number;
          day: string;
          is_flagged: boolean;
          low: number;
          n: number;
          one: string;
          one_squares: number;
          one_sum: number;
          org_id: string;
          other: string;
          other_squares: number;
          other_sum: number;
          praised: number;
          products: number;
          scope_id: string;
          top_two: number;
        };
        Insert: {
          blamed: number;
          day: string;
          is_flagged: boolean;
          low: number;
          n: number;
          one: string;
          one_squares: number;
          one_sum: number;
          org_id: string;
          other: string;
          other_squares: number;
          other_sum: number;
          praised: number;
          products: number;
          scope_id: string;
          top_two: number;
        };
        Update: {
          blamed?: number;
          day?: string;
          is_flagged?: boolean;
          low?: number;
          n?: number;
          one?: string;
          one_squares?: number;
          one_sum?: number;
          org_id?: string;
          other?: string;
          other_squares?: number;
          other_sum?: number;
          praised?: number;
          products?: number;
          scope_id?: string;
          top_two?: number;
        };
        Relationships: [];
      };
      enrolments: {
        Row: {
          birthday_day: number | null;
          birthday_month: number | null;
          clock: string;
          email: string | null;
          first_name: string | null;
          id: string;
          local_at: string;
          locale: string | null;
          location_id: string;
          member_id: string;
          occurred_at: string;
          org_id: string;
          referral_code: string | null;
          staff_id: string | null;
          tablet_id: string;
        };
        Insert: {
          birthday_day?: number | null;
          birthday_month?: number | null;
          clock: string;
          email?: string | null;
          first_name?: string | null;
          id: string;
          local_at: string;
          locale?: string | null;
          location_id: string;
          member_id: string;
          occurred_at: string;
          org_id: string;
          referral_code?: string | null;
          staff_id?: string | null;
          tablet_id: string;
        };
        Update: {
          birthday_day?: number | null;
          birthday_month?: number | null;
          clock?: string;
          email?: string | null;
          first_name?: string | null;
          id?: string;
          local_at?: string;
          locale?: string | null;
          location_id?: string;
          member_id?: string;
          occurred_at?: string;
          org_id?: string;
          referral_code?: string | null;
          staff_id?: string | null;
          tablet_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'enrolments_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      improvements: {
        Row: {
          created_at: string;
          created_by: string;
          ended_on: string | null;
          happened_on: string;
          hoped_change: number;
          id: string;
          location_id: string | null;
          name: string;
          note: string | null;
          org_id: string;
          question: string;
          removed_at: string | null;
          removed_by: string | null;
        };
        Insert: {
          created_at?: string;
          created_by: string;
          ended_on?: string | null;
          happened_on: string;
          hoped_change: number;
          id?: string;
          location_id?: string | null;
          name: string;
          note?: string | null;
          org_id: string;
          question: string;
          removed_at?: string | null;
          removed_by?: string | null;
        };
        Update: {
          created_at?: string;
          created_by?: string;
          ended_on?: string | null;
          happened_on?: string;
          hoped_change?: number;
          id?: string;
          location_id?: string | null;
          name?: string;
          note?: string | null;
          org_id?: string;
          question?: string;
          removed_at?: string | null;
          removed_by?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'improvements_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'improvements_org_id_location_id_fkey';
            columns: ['org_id', 'location_id'];
            isOneToOne: false;
            referencedRelation: 'locations';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      locations: {
        Row: {
          created_at: string;
          id: string;
          name: string;
          opening_hours: Json | null;
          org_id: string;
          region: string | null;
          survey_id: string;
          time_zone: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          name: string;
          opening_hours?: Json | null;
          org_id: string;
          region?: string | null;
          survey_id: string;
          time_zone: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          name?: string;
          opening_hours?: Json | null;
          org_id?: string;
          region?: string | null;
          survey_id?: string;
          time_zone?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'locations_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'locations_org_id_survey_id_fkey';
            columns: ['org_id', 'survey_id'];
            isOneToOne: false;
            referencedRelation: 'surveys';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      member_aliases: {
        Row: {
          id: string;
          member_id: string;
          org_id: string;
          referral_code: string;
        };
        Insert: {
          id: string;
          member_id: string;
          org_id: string;
          referral_code: string;
        };
        Update: {
          id?: string;
          member_id?: string;
          org_id?: string;
          referral_code?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'member_aliases_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      members: {
        Row: {
          birthday_day: number | null;
          birthday_month: number | null;
          email: string | null;
          enrolled_at: string;
          erased_at: string | null;
          erased_by: string | null;
          first_name: string | null;
          id: string;
          locale: string | null;
          merged_at: string | null;
          merged_by: string | null;
          merged_into: string | null;
          merged_signature: string | null;
          org_id: string;
          phone: string | null;
        };
        Insert: {
          birthday_day?: number | null;
          birthday_month?: number | null;
          email?: string | null;
          enrolled_at: string;
          erased_at?: string | null;
          erased_by?: string | null;
          first_name?: string | null;
          id: string;
          locale?: string | null;
          merged_at?: string | null;
          merged_by?: string | null;
          merged_into?: string | null;
          merged_signature?: string | null;
          org_id: string;
          phone?: string | null;
        };
        Update: {
          birthday_day?: number | null;
          birthday_month?: number | null;
          email?: string | null;
          enrolled_at?: string;
          erased_at?: string | null;
          erased_by?: string | null;
          first_name?: string | null;
          id?: string;
          locale?: string | null;
          merged_at?: string | null;
          merged_by?: string | null;
          merged_into?: string | null;
          merged_signature?: string | null;
          org_id?: string;
          phone?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'members_merged_into_fkey';
            columns: ['org_id', 'merged_into'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
          {
            foreignKeyName: 'members_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      organizations: {
        Row: {
          accent: string;
          created_at: string;
          default_locale: string;
          id: string;
          is_demo: boolean;
          name: string;
          pulse_months: number | null;
        };
        Insert: {
          accent?: string;
          created_at?: string;
          default_locale?: string;
          id?: string;
          is_demo?: boolean;
          name: string;
          pulse_months?: number | null;
        };
        Update: {
          accent?: string;
          created_at?: string;
          default_locale?: string;
          id?: string;
          is_demo?: boolean;
          name?: string;
          pulse_months?: number | null;
        };
        Relationships: [];
      };
      pairing_codes: {
        Row: {
          code_hash: string;
          created_at: string;
          created_by: string;
          expires_at: string;
          id: string;
          org_id: string;
          pairing_id: string | null;
          tablet_id: string;
          used_at: string | null;
        };
        Insert: {
          code_hash: string;
          created_at?: string;
          created_by: string;
          expires_at: string;
          id?: string;
          org_id: string;
          pairing_id?: string | null;
          tablet_id: string;
          used_at?: string | null;
        };
        Update: {
          code_hash?: string;
          created_at?: string;
          created_by?: string;
          expires_at?: string;
          id?: string;
          org_id?: string;
          pairing_id?: string | null;
          tablet_id?: string;
          used_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'pairing_codes_org_id_tablet_id_fkey';
            columns: ['org_id', 'tablet_id'];
            isOneToOne: false;
            referencedRelation: 'tablets';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      pairings: {
        Row: {
          acknowledged_at: string | null;
          acknowledged_by: string | null;
          acknowledged_clashes: number;
          acknowledged_lost: number;
          acknowledged_missing: number;
          app_version: string | null;
          battery_charging: boolean | null;
          battery_percent: number | null;
          created_at: string;
          durability: string | null;
          gone_at: string | null;
          id: string;
          last_received_at: string | null;
          last_seen_at: string | null;
          lost: number;
          made: number;
          oldest_waiting_at: string | null;
          org_id: string;
          persisted: boolean | null;
          quarantined: number;
          quota_bytes: number | null;
          received: number;
          revoked_at: string | null;
          secret_hash: string | null;
          seq_clashes: number;
          server_offset_ms: number | null;
          tablet_id: string;
          usage_bytes: number | null;
          waiting: number;
        };
        Insert: {
          acknowledged_at?: string | null;
          acknowledged_by?: string | null;
          acknowledged_clashes?: number;
          acknowledged_lost?: number;
          acknowledged_missing?: number;
          app_version?: string | null;
          battery_charging?: boolean | null;
          battery_percent?: number | null;
          created_at?: string;
          durability?: string | null;
          gone_at?: string | null;
          id: string;
          last_received_at?: string | null;
          last_seen_at?: string | null;
          lost?: number;
          made?: number;
          oldest_waiting_at?: string | null;
          org_id: string;
          persisted?: boolean | null;
          quarantined?: number;
          quota_bytes?: number | null;
          received?: number;
          revoked_at?: string | null;
          secret_hash?: string | null;
          seq_clashes?: number;
          server_offset_ms?: number | null;
          tablet_id: string;
          usage_bytes?: number | null;
          waiting?: number;
        };
        Update: {
          acknowledged_at?: string | null;
          acknowledged_by?: string | null;
          acknowledged_clashes?: number;
          acknowledged_lost?: number;
          acknowledged_missing?: number;
          app_version?: string | null;
          battery_charging?: boolean | null;
          battery_percent?: number | null;
          created_at?: string;
          durability?: string | null;
          gone_at?: string | null;
          id?: string;
          last_received_at?: string | null;
          last_seen_at?: string | null;
          lost?: number;
          made?: number;
          oldest_waiting_at?: string | null;
          org_id?: string;
          persisted?: boolean | null;
          quarantined?: number;
          quota_bytes?: number | null;
          received?: number;
          revoked_at?: string | null;
          secret_hash?: string | null;
          seq_clashes?: number;
          server_offset_ms?: number | null;
          tablet_id?: string;
          usage_bytes?: number | null;
          waiting?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'pairings_org_id_tablet_id_fkey';
            columns: ['org_id', 'tablet_id'];
            isOneToOne: false;
            referencedRelation: 'tablets';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      place_months: {
        Row: {
          location_id: string;
          month: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged: number[] | null;
          type: string;
        };
        Insert: {
          location_id: string;
          month: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged?: number[] | null;
          type: string;
        };
        Update: {
          location_id?: string;
          month?: string;
          org_id?: string;
          question?: string;
          running?: number[];
          running_flagged?: number[] | null;
          type?: string;
        };
        Relationships: [];
      };
      point_entries: {
        Row: {
          created_at: string;
          created_by: string | null;
          id: string;
          member_id: string;
          note: string | null;
          org_id: string;
          points: number;
          reason: string;
          redemption_id: string | null;
          visit_id: string | null;
        };
        Insert: {
          created_at?: string;
          created_by?: string | null;
          id?: string;
          member_id: string;
          note?: string | null;
          org_id: string;
          points: number;
          reason: string;
          redemption_id?: string | null;
          visit_id?: string | null;
        };
        Update: {
          created_at?: string;
          created_by?: string | null;
          id?: string;
          member_id?: string;
          note?: string | null;
          org_id?: string;
          points?: number;
          reason?: string;
          redemption_id?: string | null;
          visit_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'point_entries_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'point_entries_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      programme_versions: {
        Row: {
          created_by: string;
          org_id: string;
          programme: Json | null;
          valid_from: string;
        };
        Insert: {
          created_by: string;
          org_id: string;
          programme?: Json | null;
          valid_from: string;
        };
        Update: {
          created_by?: string;
          org_id?: string;
          programme?: Json | null;
          valid_from?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'programme_versions_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      programmes: {
        Row: {
          created_at: string;
          directory_salt: string;
          member_secret: string;
          org_id: string;
        };
        Insert: {
          created_at?: string;
          directory_salt?: string;
          member_secret?: string;
          org_id: string;
        };
        Update: {
          created_at?: string;
          directory_salt?: string;
          member_secret?: string;
          org_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'programmes_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: true;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      quarantine: {
        Row: {
          id: string;
          org_id: string;
          outcome: string;
          pairing_id: string;
          reason: string;
          received_at: string;
          record: string;
          record_hash: string;
          record_id: string | null;
          resolved_at: string | null;
          resolved_by: string | null;
        };
        Insert: {
          id?: string;
          org_id: string;
          outcome: string;
          pairing_id: string;
          reason: string;
          received_at?: string;
          record: string;
          record_hash: string;
          record_id?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
        };
        Update: {
          id?: string;
          org_id?: string;
          outcome?: string;
          pairing_id?: string;
          reason?: string;
          received_at?: string;
          record?: string;
          record_hash?: string;
          record_id?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'quarantine_org_id_pairing_id_fkey';
            columns: ['org_id', 'pairing_id'];
            isOneToOne: false;
            referencedRelation: 'pairings';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      received: {
        Row: {
          id: string;
          kind: string;
          org_id: string;
          pairing_id: string;
          received_at: string;
          seq: number | null;
          sha256: string;
          v: number;
        };
        Insert: {
          id: string;
          kind: string;
          org_id: string;
          pairing_id: string;
          received_at?: string;
          seq?: number | null;
          sha256: string;
          v: number;
        };
        Update: {
          id?: string;
          kind?: string;
          org_id?: string;
          pairing_id?: string;
          received_at?: string;
          seq?: number | null;
          sha256?: string;
          v?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'received_org_id_pairing_id_fkey';
            columns: ['org_id', 'pairing_id'];
            isOneToOne: false;
            referencedRelation: 'pairings';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      redemptions: {
        Row: {
          checked: boolean;
          clock: string;
          cost: number;
          flags: string[];
          id: string;
          local_at: string;
          location_id: string;
          member_id: string | null;
          occurred_at: string;
          org_id: string;
          reward_id: string;
          staff_id: string | null;
          tablet_id: string;
        };
        Insert: {
          checked: boolean;
          clock: string;
          cost: number;
          flags?: string[];
          id: string;
          local_at: string;
          location_id: string;
          member_id?: string | null;
          occurred_at: string;
          org_id: string;
          reward_id: string;
          staff_id?: string | null;
          tablet_id: string;
        };
        Update: {
          checked?: boolean;
          clock?: string;
          cost?: number;
          flags?: string[];
          id?: string;
          local_at?: string;
          location_id?: string;
          member_id?: string | null;
          occurred_at?: string;
          org_id?: string;
          reward_id?: string;
          staff_id?: string | null;
          tablet_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'redemptions_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'redemptions_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      rescue_keys: {
        Row: {
          created_at: string;
          org_id: string;
          private_key: string;
          public_key: string;
        };
        Insert: {
          created_at?: string;
          org_id: string;
          private_key: string;
          public_key: string;
        };
        Update: {
          created_at?: string;
          org_id?: string;
          private_key?: string;
          public_key?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'rescue_keys_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: true;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      retention_versions: {
        Row: {
          created_by: string;
          months: number | null;
          org_id: string;
          valid_from: string;
        };
        Insert: {
          created_by: string;
          months?: number | null;
          org_id: string;
          valid_from?: string;
        };
        Update: {
          created_by?: string;
          months?: number | null;
          org_id?: string;
          valid_from?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'retention_versions_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      reward_pictures: {
        Row: {
          org_id: string;
          picture: string;
          sha256: string;
        };
        Insert: {
          org_id: string;
          picture: string;
          sha256: string;
        };
        Update: {
          org_id?: string;
          picture?: string;
          sha256?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'reward_pictures_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      reward_versions: {
        Row: {
          created_by: string;
          org_id: string;
          reward: Json | null;
          reward_id: string;
          valid_from: string;
        };
        Insert: {
          created_by: string;
          org_id: string;
          reward?: Json | null;
          reward_id: string;
          valid_from: string;
        };
        Update: {
          created_by?: string;
          org_id?: string;
          reward?: Json | null;
          reward_id?: string;
          valid_from?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'reward_versions_org_id_reward_id_fkey';
            columns: ['org_id', 'reward_id'];
            isOneToOne: false;
            referencedRelation: 'rewards';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      rewards: {
        Row: {
          created_at: string;
          id: string;
          org_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          org_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          org_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'rewards_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      score_counts: {
        Row: {
          local_hour: string;
          location_id: string;
          n: number;
          n_flagged: number;
          org_id: string;
          question: string;
          score: number;
          tablet_id: string;
          type: string;
        };
        Insert: {
          local_hour: string;
          location_id: string;
          n: number;
          n_flagged?: number;
          org_id: string;
          question: string;
          score: number;
          tablet_id: string;
          type: string;
        };
        Update: {
          local_hour?: string;
          location_id?: string;
          n?: number;
          n_flagged?: number;
          org_id?: string;
          question?: string;
          score?: number;
          tablet_id?: string;
          type?: string;
        };
        Relationships: [];
      };
      score_days: {
        Row: {
          day: string;
          n: number[];
          n_flagged: number[] | null;
          org_id: string;
          question: string;
          scope_id: string;
          type: string;
        };
        Insert: {
          day: string;
          n: number[];
          n_flagged?: number[] | null;
          org_id: string;
          question: string;
          scope_id: string;
          type: string;
        };
        Update: {
          day?: string;
          n?: number[];
          n_flagged?: number[] | null;
          org_id?: string;
          question?: string;
          scope_id?: string;
          type?: string;
        };
        Relationships: [];
      };
      score_hour_months: {
        Row: {
          cells: number[];
          month: string;
          n: number[];
          n_flagged: number[] | null;
          org_id: string;
          question: string;
          scope_id: string;
          type: string;
        };
        Insert: {
          cells: number[];
          month: string;
          n: number[];
          n_flagged?: number[] | null;
          org_id: string;
          question: string;
          scope_id: string;
          type: string;
        };
        Update: {
          cells?: number[];
          month?: string;
          n?: number[];
          n_flagged?: number[] | null;
          org_id?: string;
          question?: string;
          scope_id?: string;
          type?: string;
        };
        Relationships: [];
      };
      score_hours: {
        Row: {
          local_hour: string;
          n: number[];
          n_flagged: number[] | null;
          org_id: string;
          question: string;
          type: string;
        };
        Insert: {
          local_hour: string;
          n: number[];
          n_flagged?: number[] | null;
          org_id: string;
          question: string;
          type: string;
        };
        Update: {
          local_hour?: string;
          n?: number[];
          n_flagged?: number[] | null;
          org_id?: string;
          question?: string;
          type?: string;
        };
        Relationships: [];
      };
      score_months: {
        Row: {
          location_id: string;
          month: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged: number[] | null;
          tablet_id: string;
          type: string;
        };
        Insert: {
          location_id: string;
          month: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged?: number[] | null;
          tablet_id: string;
          type: string;
        };
        Update: {
          location_id?: string;
          month?: string;
          org_id?: string;
          question?: string;
          running?: number[];
          running_flagged?: number[] | null;
          tablet_id?: string;
          type?: string;
        };
        Relationships: [];
      };
      score_years: {
        Row: {
          location_id: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged: number[] | null;
          tablet_id: string;
          type: string;
          year: number;
        };
        Insert: {
          location_id: string;
          org_id: string;
          question: string;
          running: number[];
          running_flagged?: number[] | null;
          tablet_id: string;
          type: string;
          year: number;
        };
        Update: {
          location_id?: string;
          org_id?: string;
          question?: string;
          running?: number[];
          running_flagged?: number[] | null;
          tablet_id?: string;
          type?: string;
          year?: number;
        };
        Relationships: [];
      };
      session_members: {
        Row: {
          alias: string | null;
          occurred_at: string;
          org_id: string;
          record_id: string;
          session_id: string;
        };
        Insert: {
          alias?: string | null;
          occurred_at: string;
          org_id: string;
          record_id: string;
          session_id: string;
        };
        Update: {
          alias?: string | null;
          occurred_at?: string;
          org_id?: string;
          record_id?: string;
          session_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'session_members_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      staff: {
        Row: {
          created_at: string;
          id: string;
          left_at: string | null;
          name: string;
          org_id: string;
          pin_hash: string;
          pin_salt: string;
          rights: string[];
        };
        Insert: {
          created_at?: string;
          id?: string;
          left_at?: string | null;
          name: string;
          org_id: string;
          pin_hash: string;
          pin_salt: string;
          rights?: string[];
        };
        Update: {
          created_at?: string;
          id?: string;
          left_at?: string | null;
          name?: string;
          org_id?: string;
          pin_hash?: string;
          pin_salt?: string;
          rights?: string[];
        };
        Relationships: [
          {
            foreignKeyName: 'staff_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      staff_unlocks: {
        Row: {
          clock: string;
          id: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          staff_id: string;
          tablet_id: string;
        };
        Insert: {
          clock: string;
          id: string;
          location_id: string;
          occurred_at: string;
          org_id: string;
          staff_id: string;
          tablet_id: string;
        };
        Update: {
          clock?: string;
          id?: string;
          location_id?: string;
          occurred_at?: string;
          org_id?: string;
          staff_id?: string;
          tablet_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'staff_unlocks_org_id_staff_id_fkey';
            columns: ['org_id', 'staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      survey_versions: {
        Row: {
          created_at: string;
          definition: Json;
          first_question: string | null;
          id: string;
          number: number;
          org_id: string;
          survey_id: string;
        };
        Insert: {
          created_at?: string;
          definition: Json;
          first_question?: string | null;
          id?: string;
          number: number;
          org_id: string;
          survey_id: string;
        };
        Update: {
          created_at?: string;
          definition?: Json;
          first_question?: string | null;
          id?: string;
          number?: number;
          org_id?: string;
          survey_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'survey_versions_org_id_survey_id_fkey';
            columns: ['org_id', 'survey_id'];
            isOneToOne: false;
            referencedRelation: 'surveys';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      surveys: {
        Row: {
          created_at: string;
          id: string;
          name: string;
          org_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          name: string;
          org_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          name?: string;
          org_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'surveys_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      tablet_values: {
        Row: {
          dimension_id: string;
          org_id: string;
          set_at: string;
          set_by: string;
          since: string;
          tablet_id: string;
          value_id: string | null;
        };
        Insert: {
          dimension_id: string;
          org_id: string;
          set_at?: string;
          set_by: string;
          since: string;
          tablet_id: string;
          value_id?: string | null;
        };
        Update: {
          dimension_id?: string;
          org_id?: string;
          set_at?: string;
          set_by?: string;
          since?: string;
          tablet_id?: string;
          value_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'tablet_values_org_id_dimension_id_value_id_fkey';
            columns: ['org_id', 'dimension_id', 'value_id'];
            isOneToOne: false;
            referencedRelation: 'dimension_values';
            referencedColumns: ['org_id', 'dimension_id', 'id'];
          },
          {
            foreignKeyName: 'tablet_values_org_id_tablet_id_fkey';
            columns: ['org_id', 'tablet_id'];
            isOneToOne: false;
            referencedRelation: 'tablets';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      tablets: {
        Row: {
          created_at: string;
          id: string;
          kind: string;
          location_id: string;
          name: string;
          org_id: string;
        };
        Insert: {
          created_at?: string;
          id?: string;
          kind?: string;
          location_id: string;
          name: string;
          org_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          kind?: string;
          location_id?: string;
          name?: string;
          org_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'tablets_org_id_location_id_fkey';
            columns: ['org_id', 'location_id'];
            isOneToOne: false;
            referencedRelation: 'locations';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      targets: {
        Row: {
          id: string;
          location_id: string | null;
          org_id: string;
          question: string;
          set_at: string;
          set_by: string;
          target: number;
        };
        Insert: {
          id?: string;
          location_id?: string | null;
          org_id: string;
          question: string;
          set_at?: string;
          set_by: string;
          target: number;
        };
        Update: {
          id?: string;
          location_id?: string | null;
          org_id?: string;
          question?: string;
          set_at?: string;
          set_by?: string;
          target?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'targets_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'targets_org_id_location_id_fkey';
            columns: ['org_id', 'location_id'];
            isOneToOne: false;
            referencedRelation: 'locations';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
      team_members: {
        Row: {
          created_at: string;
          org_id: string;
          role: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          org_id: string;
          role: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          org_id?: string;
          role?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'team_members_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
        ];
      };
      visits: {
        Row: {
          amount: number | null;
          clock: string;
          currency: string | null;
          id: string;
          local_at: string;
          location_id: string;
          member_id: string | null;
          occurred_at: string;
          org_id: string;
          refused: string | null;
          staff_id: string | null;
          tablet_id: string;
        };
        Insert: {
          amount?: number | null;
          clock: string;
          currency?: string | null;
          id: string;
          local_at: string;
          location_id: string;
          member_id?: string | null;
          occurred_at: string;
          org_id: string;
          refused?: string | null;
          staff_id?: string | null;
          tablet_id: string;
        };
        Update: {
          amount?: number | null;
          clock?: string;
          currency?: string | null;
          id?: string;
          local_at?: string;
          location_id?: string;
          member_id?: string | null;
          occurred_at?: string;
          org_id?: string;
          refused?: string | null;
          staff_id?: string | null;
          tablet_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'visits_org_id_fkey';
            columns: ['org_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'visits_org_id_member_id_fkey';
            columns: ['org_id', 'member_id'];
            isOneToOne: false;
            referencedRelation: 'members';
            referencedColumns: ['org_id', 'id'];
          },
        ];
      };
    };
    Views: Record<never, never>;
    Functions: {
      acknowledge_alert: {
        Args: { org: string; id: string; note?: string };
        Returns: Json;
      };
      acknowledge_losses: {
        Args: { org: string; pairing: string; lost: number; missing: number; clashes: number };
        Returns: Json;
      };
      add_location: {
        Args: { org: string; name: string; time_zone: string; region?: string };
        Returns: Json;
      };
      add_staff: {
        Args: { org: string; name: string; pin_salt: string; pin_hash: string; rights?: string };
        Returns: Json;
      };
      add_tablet: {
        Args: { org: string; location: string; name: string };
        Returns: Json;
      };
      alerts_mailed: {
        Args: { org: string; alerts: string[] };
        Returns: Json;
      };
      alerts_to_mail: {
        Args: never;
        Returns: Json;
      };
      assign_case: {
        Args: { org: string; id: string; person?: string; name?: string };
        Returns: Json;
      };
      close_alert: {
        Args: { org: string; id: string };
        Returns: Json;
      };
      correct_points: {
        Args: { org: string; member: string; points: number; note: string };
        Returns: Json;
      };
      create_organization: {
        Args: { name: string; default_locale: string; location_name: string; time_zone: string; survey: string; demo?: boolean };
        Returns: Json;
      };
      create_pairing_code: {
        Args: { org: string; tablet: string };
        Returns: Json;
      };
      create_rescue_key: {
        Args: { org: string; public_key: string; private_key: string };
        Returns: Json;
      };
      erase_member: {
        Args: { org: string; member: string };
        Returns: Json;
      };
      find_member: {
        Args: { pairing: string; secret: string; phone: string; directory_key: string };
        Returns: Json;
      };
      find_member_by_code: {
        Args: { pairing: string; secret: string; member: string };
        Returns: Json;
      };
      import_balances: {
        Args: { org: string; nonce: string; balances: string; note: string };
        Returns: Json;
      };
      import_records: {
        Args: { org: string; location: string; nonce: string; records: string };
        Returns: Json;
      };
      import_rescue: {
        Args: { org: string; nonce: string; records: string };
        Returns: Json;
      };
      import_salts: {
        Args: { org: string };
        Returns: Json;
      };
      import_source_records: {
        Args: { org: string; source: string; nonce: string; records: string };
        Returns: Json;
      };
      ingest: {
        Args: { pairing: string; secret: string; nonce: string; records: string };
        Returns: Json;
      };
      keep_directory_keys: {
        Args: { org: string; keys: string };
        Returns: Json;
      };
      mark_comment: {
        Args: { org: string; comment: string; kind: string; is_set: boolean; tag?: string };
        Returns: Json;
      };
      merge_members: {
        Args: { org: string; duplicate: string; kept: string };
        Returns: Json;
      };
      missing_seqs: {
        Args: { org: string; pairing: string };
        Returns: Json;
      };
      my_role: {
        Args: { org: string };
        Returns: string;
      };
      note_score_limits: {
        Args: { org: string; question: string; week: string; facts: string; location?: string };
        Returns: Json;
      };
      open_case: {
        Args: { org: string; text: string; locale: string; member?: string; phone?: string; first_name?: string };
        Returns: Json;
      };
      open_import_source: {
        Args: { org: string; location: string; dimension: string; value: string };
        Returns: Json;
      };
      pair: {
        Args: { code: string; pairing: string; secret: string; app_version?: string };
        Returns: Json;
      };
      promise_in_case: {
        Args: { org: string; id: string; promise: string; due: string };
        Returns: Json;
      };
      pull: {
        Args: { pairing: string; secret: string; health?: string };
        Returns: Json;
      };
      pull_members: {
        Args: { pairing: string; secret: string; after: number };
        Returns: Json;
      };
      remove_dimension: {
        Args: { org: string; dimension: string };
        Returns: Json;
      };
      remove_improvement: {
        Args: { org: string; improvement: string };
        Returns: Json;
      };
      remove_staff: {
        Args: { org: string; staff: string };
        Returns: Json;
      };
      report_alert_rules: {
        Args: { org: string };
        Returns: Json;
      };
      report_alerts: {
        Args: { org: string; after?: string; page?: number };
        Returns: Json;
      };
      report_answers: {
        Args: { org: string; from_date: string; to_date: string; location?: string; tablet?: string; only_question?: string };
        Returns: Json;
      };
      report_case: {
        Args: { org: string; id: string };
        Returns: Json;
      };
      report_case_times: {
        Args: { org: string; from_date: string; to_date: string; location?: string };
        Returns: Json;
      };
      report_cases: {
        Args: { org: string; state?: string; after?: string; page?: number; location?: string; cause?: string; only_mine?: boolean; only_overdue?: boolean };
        Returns: Json;
      };
      report_changes: {
        Args: { org: string; from_date: string; to_date: string };
        Returns: Json;
      };
      report_comment_tags: {
        Args: { org: string };
        Returns: Json;
      };
      report_comments: {
        Args: { org: string; from_date: string; to_date: string; location?: string; tablet?: string; before_at?: string; before_id?: string; page_size?: number };
        Returns: Json;
      };
      report_drivers: {
        Args: { org: string; from_date: string; to_date: string; location?: string };
        Returns: Json;
      };
      report_keyless_members: {
        Args: { org: string; page?: number };
        Returns: Json;
      };
      report_ledger: {
        Args: { org: string; after?: string; page?: number };
        Returns: Json;
      };
      report_member: {
        Args: { org: string; member: string };
        Returns: Json;
      };
      report_members: {
        Args: { org: string; search?: string; after?: string; page?: number };
        Returns: Json;
      };
      report_members_to_call: {
        Args: { org: string; after?: string; page?: number };
        Returns: Json;
      };
      report_own_split: {
        Args: { org: string; dimension: string; from_date: string; to_date: string; question: string };
        Returns: Json;
      };
      report_places: {
        Args: { org: string; from_date: string; to_date: string; question?: string };
        Returns: Json;
      };
      report_praise: {
        Args: { org: string; scores: string; picked?: boolean; before?: string; page_size?: number };
        Returns: Json;
      };
      report_programme: {
        Args: { org: string };
        Returns: Json;
      };
      report_pulse: {
        Args: { org: string };
        Returns: string;
      };
      report_quarantine: {
        Args: { org: string; resolved?: boolean; before_at?: string; before_id?: string; page_size?: number };
        Returns: Json;
      };
      report_redemptions: {
        Args: { org: string; reward?: string; flagged_only?: boolean; after?: string; page?: number };
        Returns: Json;
      };
      report_region_scores: {
        Args: { org: string; region: string; from_date: string; to_date: string; only_question?: string; only_days?: boolean };
        Returns: Json;
      };
      report_retention: {
        Args: { org: string; months?: number };
        Returns: Json;
      };
      report_rewards: {
        Args: { org: string };
        Returns: Json;
      };
      report_scores: {
        Args: { org: string; from_date: string; to_date: string; location?: string; tablet?: string; only_question?: string; only_days?: boolean };
        Returns: Json;
      };
      report_side: {
        Args: { org: string; from_date: string; to_date: string; location?: string; region?: string; tablet?: string };
        Returns: Json;
      };
      report_split: {
        Args: { org: string; dimension: string; from_date: string; to_date: string; question: string; location?: string; region?: string };
        Returns: Json;
      };
      report_staff: {
        Args: { org: string };
        Returns: Json;
      };
      report_tablets: {
        Args: { org: string };
        Returns: Json;
      };
      report_team: {
        Args: { org: string };
        Returns: Json;
      };
      report_team_pulse: {
        Args: { org: string };
        Returns: Json;
      };
      report_visits: {
        Args: { org: string; after?: string; page?: number };
        Returns: Json;
      };
      rerate_case: {
        Args: { org: string; id: string; score: number; would_return?: string; note?: string };
        Returns: Json;
      };
      resend_quarantined: {
        Args: { org: string; quarantined: string; body: string };
        Returns: Json;
      };
      resolve_case: {
        Args: { org: string; id: string; cause: string; would_return?: string; note?: string };
        Returns: Json;
      };
      revoke_pairing: {
        Args: { org: string; pairing: string };
        Returns: Json;
      };
      reward_picture: {
        Args: { pairing: string; secret: string; sha256: string };
        Returns: Json;
      };
      save_dimension: {
        Args: { org: string; dimension: string; name: string; told: string };
        Returns: Json;
      };
      save_improvement: {
        Args: { org: string; improvement: string; name: string; happened_on: string; question: string; hoped_change: number; location?: string; note?: string; ended_on?: string };
        Returns: Json;
      };
      save_survey: {
        Args: { org: string; base: string; survey: string };
        Returns: Json;
      };
      search_comments: {
        Args: { org: string; wanted: string; before?: string; page_size?: number };
        Returns: Json;
      };
      set_alert_rules: {
        Args: { org: string; rules: string };
        Returns: Json;
      };
      set_case_state: {
        Args: { org: string; id: string; state: string; note?: string };
        Returns: Json;
      };
      set_opening_hours: {
        Args: { org: string; location: string; hours: string };
        Returns: Json;
      };
      set_programme: {
        Args: { org: string; programme: string };
        Returns: Json;
      };
      set_region: {
        Args: { org: string; location: string; region: string };
        Returns: Json;
      };
      set_retention: {
        Args: { org: string; months: number };
        Returns: Json;
      };
      set_reward: {
        Args: { org: string; reward: string; definition: string; picture: string };
        Returns: Json;
      };
      set_staff_pin: {
        Args: { org: string; staff: string; pin_salt: string; pin_hash: string };
        Returns: Json;
      };
      set_staff_rights: {
        Args: { org: string; staff: string; rights: string };
        Returns: Json;
      };
      set_tablet_value: {
        Args: { org: string; tablet: string; dimension: string; value: string; since: string };
        Returns: Json;
      };
      set_target: {
        Args: { org: string; question: string; location: string; target: number };
        Returns: Json;
      };
      set_team_pulse: {
        Args: { org: string; months: number };
        Returns: Json;
      };
      settle_promise: {
        Args: { org: string; id: string; kept: boolean; note?: string };
        Returns: Json;
      };
      setup_state: {
        Args: never;
        Returns: Json;
      };
      withdraw_consent: {
        Args: { org: string; member: string; purpose: string };
        Returns: Json;
      };
    };
    Enums: Record<never, never>;
    CompositeTypes: Record<never, never>;
  };
};
