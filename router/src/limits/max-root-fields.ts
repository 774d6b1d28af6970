import {
  type FragmentSpreadNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** Reports an operation that asks more than `limit` fields of its root type, those in fragments included. */
export function maxRootFieldsRule(limit: number, report: (context: ValidationContext) => void): ValidationRule {
  return (context) => ({
    OperationDefinition(operation: OperationDefinitionNode) {
      if (countFields(operation.selectionSet, context, limit, new Set()) > limit) report(context);
    },
  });
}

/** Each fragment counts once: what it selects twice is merged into one. */
function countFields(set: SelectionSetNode, context: ValidationContext, limit: number, seen: Set<string>): number {
  let fields = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) fields += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      fields += countFields(selection.selectionSet, context, limit, seen);
    else fields += countSpread(selection, context, limit, seen);
    if (fields > limit) return fields;
  }
  return fields;
}

function countSpread(
  { name }: FragmentSpreadNode,
  context: ValidationContext,
  limit: number,
  seen: Set<string>,
): number {
  const fragment = context.getFragment(name.value);
  if (!fragment || seen.has(name.value)) return 0;
  seen.add(name.value);
  return countFields(fragment.selectionSet, context, limit, seen);
}
