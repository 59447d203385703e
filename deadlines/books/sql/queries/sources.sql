select source from event where source is not null;
