import type { Condition } from './conditions';
import type { View } from './filters';
import type { Narrowing } from './ValueMenu';

/** A view with one more thing to look for; what is looked for already is not asked twice. */
export function narrow(
  view: View,
  conditions: readonly Condition[],
  narrowing: Narrowing,
): { readonly view: View; readonly conditions: readonly Condition[] } {
  if ('filter' in narrowing) return { view: { ...view, [narrowing.filter]: narrowing.value }, conditions };
  const { kind, key, value } = narrowing;
  const others = conditions.filter((one) => one.key !== key || one.value !== value);
  return { view, conditions: [...others, { kind, key, value }] };
}
