insert into product (sku, name, price, stock) values
    ('kettle', 'Kettle', 39.90, 12),
    ('teapot', 'Teapot', 24.50, 5),
    ('samovar', 'Samovar', null, 0);

insert into order_line (order_id, sku, quantity) values
    (1, 'kettle', 1),
    (1, 'teapot', 2),
    (2, 'samovar', 1);
