create table shipment (
    order_id varchar(36) primary key,
    sku varchar(20) not null,
    quantity int not null
);
