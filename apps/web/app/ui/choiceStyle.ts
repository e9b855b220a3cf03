/** The box or the circle that is ticked; as high as a line of its label, and large enough for a finger. */
export const choiceStyle = 'm-0 mt-0.5 size-6 shrink-0 accent-action'
