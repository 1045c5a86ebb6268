/** English words go with English digits. */
export const formatCount = (value: number) => value.toLocaleString('en');
