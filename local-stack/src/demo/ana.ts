import type { DemoAccount } from "./demo-account.ts";

export const ana: DemoAccount = {
  username: "ana",
  password: "tareas-de-ana",
  displayName: "Ana Morales",
  email: "ana@example.com",
  language: "español",
  lists: [
    {
      name: "Casa",
      color: "#2f855a",
      tasks: [
        { title: "Pagar la luz y el agua", dueInDays: 1, priority: "HIGH", tags: ["facturas"] },
        {
          title: "Compra de la semana",
          notes: "- leche y yogures\n- pan integral\n- tomates, pepino, ajo (**gazpacho**)\n- café",
          dueInDays: 0,
          priority: "MEDIUM",
          tags: ["compras"],
        },
        { title: "Llamar al fontanero por la fuga del baño", dueInDays: -1, priority: "URGENT", tags: ["llamadas"] },
        { title: "Regar las plantas de la terraza", dueInDays: 2, priority: "LOW" },
        { title: "Cambiar las sábanas", dueInDays: -2, completed: true },
        { title: "Reservar mesa para el cumpleaños de Lucía", dueInDays: 4, tags: ["familia", "llamadas"] },
      ],
    },
    {
      name: "Trabajo",
      color: "#2b6cb0",
      tasks: [
        {
          title: "Entregar el informe trimestral",
          notes:
            "Faltan:\n\n1. las cifras de ventas de **octubre**\n2. el gráfico de la página 3\n3. la revisión de Marta",
          dueInDays: 2,
          priority: "URGENT",
          tags: ["informe"],
        },
        { title: "Preparar la reunión del lunes con el cliente", dueInDays: 3, priority: "HIGH", tags: ["reuniones"] },
        { title: "Revisar el presupuesto de marketing", dueInDays: 5, priority: "MEDIUM", tags: ["informe"] },
        { title: "Responder a los correos de recursos humanos", dueInDays: -3, completed: true },
        { title: "Actualizar la ficha del proyecto Ñandú", dueInDays: -1, priority: "LOW", completed: true },
      ],
    },
    {
      name: "Viaje a Lisboa",
      color: "#b7791f",
      tasks: [
        { title: "Comprar los billetes de tren", dueInDays: -4, priority: "HIGH", tags: ["viaje"], completed: true },
        {
          title: "Elegir hotel cerca de la Baixa",
          notes: "Hasta **90 € por noche**, con desayuno. Ver las opiniones antes de reservar.",
          dueInDays: 6,
          priority: "MEDIUM",
          tags: ["viaje"],
        },
        { title: "Renovar el DNI", dueInDays: 7, priority: "HIGH", tags: ["papeles"] },
        { title: "Aprender cuatro frases en portugués", tags: ["viaje"] },
      ],
    },
  ],
};
