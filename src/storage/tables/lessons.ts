export interface LessonAnswerTable {
  readonly account_id: string;
  readonly lesson: string;
  readonly answered_at: Date;
  readonly right_answers: number;
  readonly questions: number;
  readonly completed_at: Date | null;
}
