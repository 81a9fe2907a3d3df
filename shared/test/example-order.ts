/** An order as a customer writes it, which everyone accepts. */
export const order = {
  orderId: "order-1",
  customerId: "customer-7",
  sku: "TEAPOT",
  quantity: 2,
  totalCents: 4998,
  currency: "GBP" as const,
  paymentToken: "tok_visa",
  address: { name: "Ada Lovelace", line1: "12 St James's Square", city: "London", postcode: "SW1Y 4JH", country: "GB" },
};
