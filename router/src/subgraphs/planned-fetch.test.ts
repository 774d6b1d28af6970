import { expect, test } from "vitest";
import { PlannedFetch } from "./planned-fetch.ts";

const representations = [{ __typename: "User", id: "1" }];
const entities = "{_entities(representations:$representations){...on User{name}}}";
const representationsOf = (query: string) => new PlannedFetch(query, { representations }).representations;

test.each([
  `query Q__users__1($representations:[_Any!]!)${entities}`,
  `query($representations:[_Any!]!$filter:TaskFilter={text:"a" tags:["b"]})${entities}`,
  `query Q($representations:[_Any!]!$n:Int=1)@traced(as:"a {")${entities}`,
  `query Q($representations:[_Any!]!$text:String=") { \\" (")${entities}`,
  `query Q($representations: [_Any!]!) {\n  _entities(representations: $representations) { ... on User { name } }\n}`,
])("a fetch of entities is known as one: %s", (query) => {
  expect(representationsOf(query)).toEqual(representations);
});

test.each([
  "query($representations:[ID!]!){users(ids:$representations){name}}",
  `query($representations:[ID!]!$text:String="${entities}"){users(ids:$representations text:$text){name}}`,
  `{users(text:"${entities}"){name}}`,
])("one of root fields is none, though a variable has that name: %s", (query) => {
  expect(representationsOf(query)).toBeUndefined();
});
