/** What we call ourselves in mails. */
export const PRODUCT_NAME = 'Wellness & Sensory Connection Assistant'
