import type { DemoAccount } from "./demo-account.ts";

export const alex: DemoAccount = {
  username: "alex",
  password: "tasks-of-alex",
  displayName: "Alex Carter",
  email: "alex@example.com",
  language: "English",
  lists: [
    {
      name: "Personal",
      color: "#6b46c1",
      tasks: [
        { title: "Renew the library books", dueInDays: 0, priority: "MEDIUM", tags: ["errands"] },
        {
          title: "Groceries",
          notes: "- oats\n- bananas\n- olive oil\n- something **green** for Thursday",
          dueInDays: 1,
          tags: ["errands", "shopping"],
        },
        { title: "Call Mum about the weekend", dueInDays: 2, priority: "HIGH", tags: ["family", "calls"] },
        { title: "Book the dentist", dueInDays: -2, priority: "HIGH", tags: ["calls", "health"] },
        { title: "Fix the squeaky kitchen door", priority: "LOW" },
        { title: "Run 5 km", dueInDays: -1, tags: ["health"], completed: true },
      ],
    },
    {
      name: "Work",
      color: "#c53030",
      tasks: [
        {
          title: "Write the launch announcement",
          notes: "Three paragraphs at most:\n\n1. what is new\n2. who it is for\n3. where to *try it*",
          dueInDays: 3,
          priority: "URGENT",
          tags: ["launch"],
        },
        { title: "Review Sam's pull request", dueInDays: 0, priority: "HIGH", tags: ["review"] },
        { title: "Send the invoice for October", dueInDays: -1, priority: "HIGH", tags: ["money"], completed: true },
        { title: "Prepare slides for the Friday demo", dueInDays: 4, priority: "MEDIUM", tags: ["launch"] },
        { title: "Tidy up the backlog", dueInDays: 6, priority: "LOW" },
      ],
    },
    {
      name: "Reading",
      color: "#319795",
      tasks: [
        {
          title: "Finish *Release It!*",
          notes: "Stopped at chapter 5, stability patterns.",
          dueInDays: 7,
          tags: ["books"],
        },
        { title: "The Tail at Scale (Dean and Barroso)", tags: ["papers"], completed: true },
        { title: "Return the novel to Priya", dueInDays: 5, priority: "LOW", tags: ["books", "errands"] },
      ],
    },
  ],
};
