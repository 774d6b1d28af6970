export const nullable = (type: string) => ({ type: [type, "null"] });

export const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];
