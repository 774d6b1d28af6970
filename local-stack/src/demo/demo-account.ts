export interface DemoTask {
  title: string;
  /** Markdown. */
  notes?: string;
  /** Days from today; negative: overdue, or done in time. */
  dueInDays?: number;
  priority?: "LOW" | "MEDIUM" | "HIGH" | "URGENT";
  tags?: string[];
  completed?: true;
}

export interface DemoList {
  name: string;
  /** #rrggbb */
  color: string;
  tasks: DemoTask[];
}

export interface DemoAccount {
  username: string;
  password: string;
  displayName: string;
  email: string;
  language: string;
  /** The first one is what becomes of the list that every account begins with. */
  lists: [DemoList, ...DemoList[]];
}
