/** No-break space: stands between a number and its unit. */
export const NBSP = '\u00A0';

/** En dash: joins the ends of an interval, without spaces. */
export const EN_DASH = '\u2013';
