create table product (
    sku varchar(20) primary key,
    name varchar(100) not null,
    price decimal(10, 2),
    stock int not null
);

create table order_line (
    order_id int not null,
    sku varchar(20) not null references product,
    quantity int not null
);
